package oci.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpExchange;
import fixtures.Blobs;
import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.BlobContent;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.limits.ReadAhead;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.HostRecords;
import oci.model.StopSignal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A blob that comes slowly over one connection is read over several. */
class PartsTest {

    static final byte[] CONTENT = Blobs.random(48 * 1024 * 1024, 1);

    static final Descriptor BLOB = Blobs.describe(CONTENT);

    static final String PATH = "/v2/lib/app/blobs/" + BLOB.digest();

    final FaultyRegistry faulty = new FaultyRegistry();

    final HostLimits limits = limits(LimitSizes.DEFAULTS);

    final StopSignal stop = new StopSignal();

    final List<String> ranges = new CopyOnWriteArrayList<>();

    final RemoteRegistry registry = connect(this.limits);

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    @Test
    void parts_come_in_order_and_no_byte_is_asked_for_twice() throws IOException {
        serve(PartsTest::give);
        assertThat(read(this.registry)).isEqualTo(CONTENT);
        long asked = this.ranges.stream().mapToLong(PartsTest::length).sum();
        assertThat(this.ranges).hasSizeGreaterThan(3).doesNotHaveDuplicates();
        assertThat(asked).isLessThan(CONTENT.length);
        assertThat(ranges()).contains(true);
        assertEverythingGivenBack();
    }

    @Test
    void a_quick_line_is_asked_once() throws IOException {
        this.faulty.on("GET", PATH, Reply.bytes(CONTENT));
        assertThat(read(this.registry)).isEqualTo(CONTENT);
        assertThat(this.faulty.requests("GET", PATH)).hasSize(1);
    }

    @Test
    void where_ranges_are_ignored_the_one_connection_goes_on() throws IOException {
        serve((exchange, _, _) -> Reply.bytes(CONTENT).send(exchange));
        assertThat(read(this.registry)).isEqualTo(CONTENT);
        assertThat(ranges()).contains(false);
        assertEverythingGivenBack();
        int before = this.ranges.size();
        assertThat(read(this.registry)).isEqualTo(CONTENT);
        assertThat(this.ranges).as("it is remembered").hasSize(before);
    }

    @Test
    void where_another_part_is_given_the_one_connection_goes_on() throws IOException {
        serve((exchange, from, last) -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-%d/%d".formatted(last - from, CONTENT.length));
            exchange.sendResponseHeaders(206, last - from + 1);
            exchange.getResponseBody().write(CONTENT, 0, (int) (last - from + 1));
        });
        assertThat(read(this.registry)).isEqualTo(CONTENT);
    }

    @Test
    void content_that_changes_under_way_is_not_mixed() throws IOException {
        serve((exchange, from, last) -> {
            exchange.getResponseHeaders().set("ETag", "\"other\"");
            give(exchange, from, last);
        });
        assertThat(read(this.registry)).isEqualTo(CONTENT);
        assertThat(ranges()).isEmpty();
    }

    @Test
    void a_part_that_breaks_is_read_on_by_itself() throws IOException {
        AtomicInteger breaks = new AtomicInteger();
        serve((exchange, from, last) -> {
            if (breaks.getAndIncrement() % 2 == 0 && last - from > 1000) {
                head(exchange, from, last);
                exchange.getResponseBody().write(CONTENT, (int) from, 1000);
                exchange.getResponseBody().flush();
                return;
            }
            give(exchange, from, last);
        });
        assertThat(read(this.registry)).isEqualTo(CONTENT);
        assertThat(this.faulty.requests("GET", PATH)).hasSize(1 + this.ranges.size());
        assertThat(this.ranges).anyMatch((range) -> this.ranges.stream()
            .anyMatch((other) -> first(other) == first(range) + 1000 && last(other) == last(range)));
        assertEverythingGivenBack();
    }

    @Test
    void what_is_read_afresh_comes_over_one_connection() throws IOException {
        serve((exchange, from, last) -> {
            head(exchange, from, last);
            byte[] wrong = Arrays.copyOfRange(CONTENT, (int) from, (int) last + 1);
            wrong[0] ^= 1;
            exchange.getResponseBody().write(wrong);
        });
        assertThat(Digest.sha256(read(this.registry))).as("a byte of a part is flipped").isNotEqualTo(BLOB.digest());
        int before = this.ranges.size();
        try (BlobContent content = this.registry.source("lib/app", this.stop).afresh().blob(BLOB)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(this.ranges).hasSize(before);
    }

    @Test
    void a_part_that_never_comes_leaves_the_rest_to_one_connection() throws IOException {
        serve((exchange, from, last) -> {
            boolean part = !exchange.getRequestHeaders().getFirst("Range").endsWith("-");
            if (part && last == CONTENT.length - 1) {
                Reply.status(503).send(exchange);
                return;
            }
            give(exchange, from, last);
        });
        assertThat(read(this.registry)).isEqualTo(CONTENT);
        assertThat(this.ranges).as("of %s", this.ranges).filteredOn((range) -> range.endsWith("-")).hasSize(1);
        assertEverythingGivenBack();
    }

    @Test
    void without_a_free_permit_or_memory_one_connection_serves() throws IOException {
        serve(PartsTest::give);
        try (RemoteRegistry narrow = connect(limits(new LimitSizes(4, 1, 1)))) {
            assertThat(read(narrow)).isEqualTo(CONTENT);
        }
        assertThat(this.ranges).isEmpty();
        ReadAhead memory = new ReadAhead(1, 0);
        byte[] block = memory.borrow().orElseThrow();
        assertThat(memory.borrow()).isEmpty();
        memory.giveBack(block);
        assertThat(memory.borrow()).isPresent();
    }

    @Test
    void a_stop_ends_all_parts() {
        serve((exchange, _, _) -> Reply.hang().send(exchange));
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
            try {
                return read(this.registry);
            }
            catch (IOException ex) {
                throw new IllegalStateException(ex);
            }
        }, Thread::startVirtualThread);
        Awaitility.await().until(() -> this.ranges.size() >= 3);
        this.stop.stop();
        assertThat(read).failsWithin(10, TimeUnit.SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(StopSignal.Stopped.class);
        assertEverythingGivenBack();
    }

    private byte[] read(RemoteRegistry from) throws IOException {
        try (BlobContent content = from.source("lib/app", this.stop).blob(BLOB)) {
            byte[] bytes = content.stream().readAllBytes();
            assertThat(content.stream().read()).as("after the end").isNegative();
            return bytes;
        }
    }

    private Optional<Boolean> ranges() {
        return this.limits.records().shown(HostRecords.host(this.faulty.url()), HostRecords.Trait.RANGES);
    }

    private void assertEverythingGivenBack() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.limits.memory().lent() == 0);
    }

    private static HostLimits limits(LimitSizes sizes) {
        return new HostLimits(sizes, new HostRecords(), new ReadAhead(4, 32 * 1024 * 1024));
    }

    private RemoteRegistry connect(HostLimits with) {
        return RemoteRegistry.connect(Registered.at(this.faulty.url()).access(), Patience.SHORT, with);
    }

    /** The whole comes slowly; what is asked for in part is given by another. */
    private void serve(Giver giver) {
        this.faulty.on("GET", PATH, (exchange) -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range == null) {
                exchange.getResponseHeaders().set("ETag", "\"one\"");
                exchange.sendResponseHeaders(200, CONTENT.length);
                trickle(exchange);
                return;
            }
            this.ranges.add(range);
            giver.give(exchange, first(range), last(range));
        });
    }

    private static void trickle(HttpExchange exchange) throws IOException {
        int chunk = 512 * 1024;
        for (int at = 0; at < CONTENT.length; at += chunk) {
            exchange.getResponseBody().write(CONTENT, at, chunk);
            for (long end = System.nanoTime() + 40_000_000; System.nanoTime() < end;) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
    }

    private static void give(HttpExchange exchange, long from, long last) throws IOException {
        head(exchange, from, last);
        exchange.getResponseBody().write(CONTENT, (int) from, (int) (last - from + 1));
    }

    private static void head(HttpExchange exchange, long from, long last) throws IOException {
        exchange.getResponseHeaders().set("Content-Range", "bytes %d-%d/%d".formatted(from, last, CONTENT.length));
        exchange.sendResponseHeaders(206, last - from + 1);
    }

    private static long first(String range) {
        return Long.parseLong(range.replaceFirst("bytes=(\\d+)-.*", "$1"));
    }

    private static long last(String range) {
        String last = range.replaceFirst(".*-", "");
        return last.isEmpty() ? CONTENT.length - 1 : Long.parseLong(last);
    }

    private static long length(String range) {
        return last(range) - first(range) + 1;
    }

    /** Answers to a range. */
    private interface Giver {

        void give(HttpExchange exchange, long from, long last) throws IOException;

    }

}
