package store;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Runs the same on many threads at once. */
public final class Race {

    private Race() {
    }

    public static void of(int threads, Runnable work) {
        of(threads, () -> {
            work.run();
            return true;
        });
    }

    public static <T> List<T> of(int threads, Callable<T> work) {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> results = IntStream.range(0, threads).mapToObj((_) -> executor.submit(() -> {
                start.await();
                return work.call();
            })).toList();
            return results.stream().map(Race::result).toList();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        }
        catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

}
