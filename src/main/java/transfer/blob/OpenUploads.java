package transfer.blob;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import oci.BlobUpload;

/** The upload sessions of one copy that are still open. */
public final class OpenUploads {

    private final Set<BlobUpload> open = ConcurrentHashMap.newKeySet();

    /**
     * Large uploads that other processes can find, and how to tell them that one has
     * ended.
     */
    private final Map<BlobUpload, Runnable> findable = new ConcurrentHashMap<>();

    BlobUpload opened(BlobUpload upload) {
        this.open.add(upload);
        return upload;
    }

    /** Leaves an upload open for a later attempt. */
    void leave(BlobUpload upload) {
        this.open.remove(upload);
        this.findable.remove(upload);
    }

    /** Notes that other processes can find an upload until it has ended. */
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

    /**
     * Leaves the uploads that others can find open, because the task is taken up again.
     */
    public void leaveFindable() {
        this.findable.keySet().forEach(this::leave);
    }

    /** Cancels all uploads, side by side. */
    public void cancelAll() {
        Set<BlobUpload> left = Set.copyOf(this.open);
        Parallel.each(left, Math.max(1, left.size()), this::cancel);
    }

}
