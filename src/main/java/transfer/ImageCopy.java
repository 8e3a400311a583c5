package transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

import oci.Descriptor;
import oci.Digest;
import oci.RawManifest;
import replication.registry.RegistryFailure;

/**
 * Copies whole images into one repository: blobs side by side, then child manifests, then
 * the root under its tag, so that a reader never sees half of one. What several tags
 * share is brought once.
 */
final class ImageCopy {

    private final Ends ends;

    private final BlobCopy blobs;

    private final TransferSettings settings;

    private final ImageTree.ChildCheck known;

    /** By root digest: the first tag brings the content, the others wait for it. */
    private final ConcurrentMap<Digest, FutureTask<Long>> contents = new ConcurrentHashMap<>();

    ImageCopy(Ends ends, BlobCopy blobs, TransferSettings settings, ImageTree.ChildCheck known) {
        this.ends = ends;
        this.blobs = blobs;
        this.settings = settings;
        this.known = known;
    }

    /** Returns the bytes that were sent. */
    long copy(RawManifest root, String tag) {
        FutureTask<Long> mine = new FutureTask<>(
                () -> bring(ImageTree.read(this.ends, root, this.known, this.settings.maxDepth())));
        FutureTask<Long> content = this.contents.computeIfAbsent(root.digest(), (_) -> mine);
        if (content == mine) {
            mine.run();
        }
        long sent = (content == mine) ? result(content) : result(content) * 0;
        try {
            this.ends.target().put(root, tag);
            return sent;
        }
        catch (RegistryFailure.NotFound missing) {
            long healed = heal(root);
            this.ends.target().put(root, tag);
            return sent + healed;
        }
    }

    /**
     * The registry misses what it was believed to have (a blob collected as garbage,
     * say).
     */
    private long heal(RawManifest root) {
        ImageTree tree = ImageTree.read(this.ends, root, (_) -> false, this.settings.maxDepth());
        long sent = 0;
        for (Descriptor blob : tree.blobs()) {
            sent += this.blobs.heal(blob);
        }
        tree.children().forEach(this::putChild);
        return sent;
    }

    private long bring(ImageTree tree) {
        long sent = sideBySide(tree.blobs());
        tree.children().forEach(this::putChild);
        return sent;
    }

    private void putChild(RawManifest child) {
        this.ends.target().put(child, child.digest().toString());
    }

    private long sideBySide(List<Descriptor> wanted) {
        Semaphore room = new Semaphore(this.settings.blobsAtOnce());
        List<Future<Long>> brought = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Descriptor blob : wanted) {
                room.acquireUninterruptibly();
                if (brought.stream().anyMatch((each) -> each.state() == Future.State.FAILED)) {
                    break;
                }
                brought.add(threads.submit(() -> {
                    try {
                        return this.blobs.bring(blob);
                    }
                    finally {
                        room.release();
                    }
                }));
            }
        }
        return brought.stream().mapToLong(ImageCopy::result).sum();
    }

    private static long result(Future<Long> future) {
        try {
            return future.get();
        }
        catch (ExecutionException ex) {
            if (ex.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(ex.getCause());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an image is copied", ex);
        }
    }

}
