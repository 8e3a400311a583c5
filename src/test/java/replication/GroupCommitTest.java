package replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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

        Thread first = Thread.startVirtualThread(() -> commit.add(0));
        firstIsWriting.await();
        List<Thread> others = IntStream.range(1, 100)
            .mapToObj((item) -> Thread.startVirtualThread(() -> commit.add(item)))
            .toList();
        await().until(() -> others.stream().allMatch((other) -> other.getState() == Thread.State.WAITING));
        goOn.countDown();
        first.join();
        for (Thread other : others) {
            other.join();
        }

        assertThat(writes.stream().flatMap(List::stream)).hasSize(100).doesNotHaveDuplicates();
        assertThat(writes).hasSize(2);
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

    @ParameterizedTest
    @ValueSource(classes = { StackOverflowError.class, OutOfMemoryError.class, AssertionError.class })
    void an_error_of_the_write_is_nobody_s_success(Class<? extends Error> type) throws Exception {
        CountDownLatch firstIsWriting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Error error = type.getConstructor().newInstance();
        GroupCommit<Integer> commit = new GroupCommit<>((items) -> {
            firstIsWriting.countDown();
            awaitQuietly(goOn);
            if (items.contains(13)) {
                throw error;
            }
        });
        Queue<Object> ends = new ConcurrentLinkedQueue<>();
        Thread first = Thread.startVirtualThread(() -> commit.add(0));
        firstIsWriting.await();
        List<Thread> others = IntStream.range(10, 20).mapToObj((item) -> Thread.startVirtualThread(() -> {
            try {
                commit.add(item);
                ends.add("written");
            }
            catch (Throwable ex) {
                ends.add(ex);
            }
        })).toList();
        await().until(() -> others.stream().allMatch((other) -> other.getState() == Thread.State.WAITING));
        goOn.countDown();
        first.join();
        for (Thread other : others) {
            other.join();
        }

        assertThat(ends).hasSize(10).doesNotContain("written").contains(error);
        assertThat(ends).filteredOn((end) -> end != error)
            .hasSize(9)
            .allMatch((end) -> end instanceof GroupCommit.NotWritten);
        commit.add(14);
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
