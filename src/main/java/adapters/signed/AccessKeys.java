package adapters.signed;

import oci.model.RegistryFailure;
import oci.model.StopSignal;

/** Where the key for the next request comes from. Safe for many threads. */
@FunctionalInterface
public interface AccessKeys {

    /**
     * The key to sign with now. May send a request.
     * @throws RegistryFailure where there is none
     */
    AccessKey current(StopSignal stop);

}
