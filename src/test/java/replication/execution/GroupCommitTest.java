package replication.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GroupCommitTest {

    @Test
    void writes_every_item_once_and_gathers_those_that_come_during_a_write() throws Exception {
        List<List<Integer>> writes = new ArrayList<>();
        CountDownLatch firstIsWriting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit<Integer> commit = new GroupCommit<>((items) -> {
            firstIsWriting.countDown();
            awaitQuietly(goOn);
            writes.add(List.copyOf(items));
        });

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> added = new ArrayList<>();
            added.add(threads.submit(() -> commit.add(0)));
            firstIsWriting.await();
            for (int i = 1; i < 100; i++) {
                int item = i;
                added.add(threads.submit(() -> commit.add(item)));
            }
            goOn.countDown();
            for (Future<?> each : added) {
                each.get();
            }
        }

        assertThat(writes.stream().flatMap(List::stream)).hasSize(100).doesNotHaveDuplicates();
        assertThat(writes).hasSizeLessThan(100);
    }

    @Test
    void tells_everyone_whose_item_was_in_a_write_that_failed_and_goes_on() {
        List<Integer> written = new ArrayList<>();
        GroupCommit<Integer> commit = new GroupCommit<>((items) -> {
            if (items.contains(13)) {
                throw new IllegalStateException("no");
            }
            written.addAll(items);
        });

        commit.add(12);
        assertThatThrownBy(() -> commit.add(13)).hasMessage("no");
        commit.add(14);

        assertThat(written).containsExactly(12, 14);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
