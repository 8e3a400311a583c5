package transfer.blob;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import oci.BlobUpload;

/** The upload sessions of one copy that have not been ended. */
public final class OpenUploads {

    private final Set<BlobUpload> open = ConcurrentHashMap.newKeySet();

    /** Large ones, and what tells others that they find them no more. */
    private final Map<BlobUpload, Runnable> findable = new ConcurrentHashMap<>();

    BlobUpload opened(BlobUpload upload) {
        this.open.add(upload);
        return upload;
    }

    /** Leaves one open, for whoever goes on with it. */
    void leave(BlobUpload upload) {
        this.open.remove(upload);
        this.findable.remove(upload);
    }

    /** It is large, and others can find it until it has ended. */
    void findable(BlobUpload upload, Runnable ended) {
        this.findable.put(upload, ended);
    }

    void committed(BlobUpload upload) {
        this.open.remove(upload);
        ended(upload);
    }

    void cancel(BlobUpload upload) {
        if (this.open.remove(upload)) {
            upload.cancel();
        }
        ended(upload);
    }

    private void ended(BlobUpload upload) {
        Runnable told = this.findable.remove(upload);
        if (told != null) {
            told.run();
        }
    }

    /** The task is taken up again, perhaps by others. */
    public void leaveFindable() {
        this.findable.keySet().forEach(this::leave);
    }

    /** All at once, for it is to be over soon. */
    public void cancelAll() {
        Set<BlobUpload> left = Set.copyOf(this.open);
        Parallel.each(left, Math.max(1, left.size()), this::cancel);
    }

}
