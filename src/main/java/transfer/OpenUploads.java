package transfer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import oci.BlobUpload;

/** The upload sessions of one copy that have not been ended. */
final class OpenUploads {

    private final Set<BlobUpload> open = ConcurrentHashMap.newKeySet();

    BlobUpload opened(BlobUpload upload) {
        this.open.add(upload);
        return upload;
    }

    void committed(BlobUpload upload) {
        this.open.remove(upload);
    }

    void cancel(BlobUpload upload) {
        if (this.open.remove(upload)) {
            upload.cancel();
        }
    }

    void cancelAll() {
        Parallel.each(Set.copyOf(this.open), 8, this::cancel);
    }

}
