package adapters.signed;

import java.util.function.BooleanSupplier;

import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.Differences;

/**
 * Makes namespaces and repositories where a cloud lacks them. Whether they are there is
 * asked and not read from a refusal: the clouds do not document which code says so, and
 * an account may use a namespace that it may not make.
 */
public final class MadeOnce {

    private MadeOnce() {
    }

    /**
     * Makes something unless it is there, also where somebody else makes it meanwhile.
     * @throws RegistryFailure where it could not be made
     */
    public static void unless(BooleanSupplier there, Runnable make) {
        if (there.getAsBoolean()) {
            return;
        }
        try {
            make.run();
        }
        catch (RegistryFailure ex) {
            if (!there.getAsBoolean()) {
                throw ex;
            }
        }
    }

    /**
     * A creation that is tried after an upload is refused as unknown or as forbidden: a
     * registry may hide that a namespace is missing.
     */
    public static Differences.Creation afterRefusal(Differences.Creation creation) {
        return new Differences.Creation() {

            @Override
            public void create(String repository, StopSignal stop) {
                creation.create(repository, stop);
            }

            @Override
            public boolean answers(RegistryFailure refusal) {
                return refusal instanceof RegistryFailure.NotFound || refusal instanceof RegistryFailure.Unauthorized;
            }

        };
    }

}
