package adapters;

import oci.limits.HostLimits;
import oci.net.HttpSettings;
import replication.registry.RegistryAdapter;

/**
 * Makes an adapter that comes in a jar of its own. The jar lies in the folder
 * {@code DRAYAGE_LIB} and names its factories, which have a public constructor without
 * parameters, in {@code META-INF/services/adapters.AdapterFactory}.
 */
@FunctionalInterface
public interface AdapterFactory {

    /**
     * Makes the adapter, once in a process and without any I/O.
     * @param settings timeouts, attempts and proxies of every request
     * @param limits shared by all adapters of the process
     */
    RegistryAdapter create(HttpSettings settings, HostLimits limits);

}
