package transfer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import oci.BlobUpload;

/** The upload sessions of one copy that have not been ended. */
final class OpenUploads {

    private final Set<BlobUpload> open = ConcurrentHashMap.newKeySet();

    private final Set<BlobUpload> findable = ConcurrentHashMap.newKeySet();

    BlobUpload opened(BlobUpload upload) {
        this.open.add(upload);
        return upload;
    }

    /** Leaves one open, for whoever goes on with it. */
    void leave(BlobUpload upload) {
        this.open.remove(upload);
    }

    /** It is large, and others can find it. */
    void findable(BlobUpload upload) {
        this.findable.add(upload);
    }

    void committed(BlobUpload upload) {
        this.open.remove(upload);
    }

    void cancel(BlobUpload upload) {
        if (this.open.remove(upload)) {
            upload.cancel();
        }
    }

    /** The task is taken up again, perhaps by others. */
    void leaveFindable() {
        this.open.removeAll(this.findable);
    }

    void cancelAll() {
        Parallel.each(Set.copyOf(this.open), 8, this::cancel);
    }

}
