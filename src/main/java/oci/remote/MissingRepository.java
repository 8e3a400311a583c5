package oci.remote;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Creates a repository when the registry first says that it is missing, and repeats the
 * step that needs it. An existing repository costs nothing, and many uploads at once
 * create it once.
 */
final class MissingRepository {

    private static final int MOST = 10_000;

    private final Differences.@Nullable Creation creation;

    private final AsyncCache<String, Boolean> created = Caffeine.newBuilder()
        .maximumSize(MOST)
        .executor(Runnable::run)
        .buildAsync();

    /** What was created before its first upload. */
    private final AsyncCache<String, Boolean> begun = Caffeine.newBuilder()
        .maximumSize(MOST)
        .executor(Runnable::run)
        .buildAsync();

    MissingRepository(Differences.@Nullable Creation creation) {
        this.creation = creation;
    }

    /** Whether nothing may ask for the right to push to a repository yet. */
    boolean comesBefore(String repository) {
        CompletableFuture<Boolean> before = this.begun.getIfPresent(repository);
        return this.creation != null && this.creation.beforeUpload() && (before == null || !before.isDone());
    }

    /**
     * Asks something about a repository that may be missing.
     * @param none the answer where it is
     */
    <T> T askedOf(Supplier<T> question, T none, String repository, StopSignal stop) {
        try {
            return question.get();
        }
        catch (RegistryFailure ex) {
            if (this.creation != null && this.creation.isMissing(repository, ex, stop)) {
                return none;
            }
            throw ex;
        }
    }

    /**
     * Does a step with its repository.
     * @param open whether everybody may read the repository that it is a copy of
     */
    <T> T createdFor(Supplier<T> step, String repository, Supplier<Optional<Boolean>> open, StopSignal stop) {
        if (this.creation != null && comesBefore(repository)) {
            begin(this.creation, repository, open, stop);
        }
        for (boolean created = false;;) {
            CompletableFuture<Boolean> before = ended(this.created.getIfPresent(repository));
            try {
                return step.get();
            }
            catch (RegistryFailure ex) {
                if (this.creation == null || created || !this.creation.answers(ex)) {
                    throw ex;
                }
                created = create(this.creation, repository, open, before, stop);
            }
        }
    }

    private static @Nullable CompletableFuture<Boolean> ended(@Nullable CompletableFuture<Boolean> creation) {
        return (creation != null && creation.isDone()) ? creation : null;
    }

    /**
     * Creates a repository, or waits for another thread that has begun to since the step
     * began.
     * @param before the creation that had ended when the step began: the repository has
     * been deleted since
     * @return whether this thread has done it
     */
    private boolean create(Differences.Creation creation, String repository, Supplier<Optional<Boolean>> open,
            @Nullable CompletableFuture<Boolean> before, StopSignal stop) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> last = this.created.asMap()
            .compute(repository, (_, now) -> (now == null || now == before) ? mine : now);
        if (mine != last) {
            stop.await(last.thenApply(Boolean.TRUE::equals));
            return false;
        }
        finish(creation, repository, open, mine, stop);
        return true;
    }

    /** Creates a repository before its first upload, or waits for a thread that does. */
    private void begin(Differences.Creation creation, String repository, Supplier<Optional<Boolean>> open,
            StopSignal stop) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> other = this.begun.asMap().putIfAbsent(repository, mine);
        while (other != null && !stop.await(other.thenApply(Boolean.TRUE::equals))) {
            other = this.begun.asMap().putIfAbsent(repository, mine);
        }
        if (other == null) {
            finish(creation, repository, open, mine, stop);
        }
    }

    private static void finish(Differences.Creation creation, String repository, Supplier<Optional<Boolean>> open,
            CompletableFuture<Boolean> mine, StopSignal stop) {
        boolean made = false;
        try {
            creation.create(repository, open, stop);
            made = true;
        }
        finally {
            mine.complete(made ? true : null);
        }
    }

}
