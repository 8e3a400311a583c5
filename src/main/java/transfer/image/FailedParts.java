package transfer.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RawManifest;
import oci.model.Reason;
import oci.model.RegistryFailure;

/**
 * The blobs and children of an index that failed for good. Children that do not need them
 * are copied all the same. A failure that may pass, or that concerns the whole
 * repository, ends the whole copy.
 */
final class FailedParts {

    private final Map<Digest, RegistryFailure> failures = new ConcurrentHashMap<>();

    void blob(Descriptor blob, Runnable work) {
        guard(blob.digest(), work);
    }

    void child(RawManifest child, Runnable work) {
        guard(child.digest(), work);
    }

    private void guard(Digest digest, Runnable work) {
        try {
            work.run();
        }
        catch (RegistryFailure ex) {
            if (ex.passing() || ex instanceof RegistryFailure.Unauthorized) {
                throw ex;
            }
            this.failures.put(digest, ex);
        }
    }

    /** Fails if a part of this child has failed. */
    void refuse(ImageTree tree) {
        failed(tree.blobs().stream().map(Descriptor::digest)).or(() -> failed(children(tree))).ifPresent((failure) -> {
            throw failure;
        });
    }

    /**
     * Fails if a part of the whole index has failed, and says how many of its children
     * were copied.
     */
    void refuseRoot(ImageTree root) {
        failed(root.blobs().stream().map(Descriptor::digest)).ifPresent((failure) -> {
            throw failure;
        });
        List<Digest> failed = children(root).filter(this.failures::containsKey).toList();
        failed(failed.stream()).ifPresent((failure) -> {
            throw new RegistryFailure.Permanent(new Reason(
                    "%s; the index is not put, as it would lack %d of its %d manifests; the others are there by their digests"
                        .formatted(failure.getMessage(), failed.size(), root.children().size()),
                    failure.reason().hint()), failure);
        });
    }

    private static Stream<Digest> children(ImageTree tree) {
        return tree.children().stream().map((child) -> child.raw().digest());
    }

    private Optional<RegistryFailure> failed(Stream<Digest> parts) {
        return parts.flatMap((digest) -> Optional.ofNullable(this.failures.get(digest)).stream()).findFirst();
    }

}
