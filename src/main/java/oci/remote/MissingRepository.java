package oci.remote;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import oci.model.RegistryFailure;
import oci.model.RegistryFailure.NotFound.Subject;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Makes a repository when the registry first says that it is missing, and then has the
 * step done again. What is there costs nothing, and many uploads at once make it once.
 */
final class MissingRepository {

    private final Differences.@Nullable Creation creation;

    private final Map<String, Boolean> created = new ConcurrentHashMap<>();

    MissingRepository(Differences.@Nullable Creation creation) {
        this.creation = creation;
    }

    <T> T createdFor(Supplier<T> step, String repository, StopSignal stop) {
        try {
            return step.get();
        }
        catch (RegistryFailure.NotFound ex) {
            if (this.creation == null || ex.unknown() != Subject.REPOSITORY) {
                throw ex;
            }
            Differences.Creation with = this.creation;
            this.created.computeIfAbsent(repository, (name) -> {
                with.create(name, stop);
                return true;
            });
        }
        try {
            return step.get();
        }
        catch (RegistryFailure.NotFound ex) {
            // It may have been deleted since.
            this.created.remove(repository);
            throw ex;
        }
    }

}
