package oci.remote;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.ContentSource;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.StopSignal;
import oci.model.Waits;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A request that is tried again is told in the task's log, and a wait is shown. */
class SeenRetryTest {

    private static final String TAGS = "/v2/lib/app/tags/list";

    private static final Reply GOOD = Reply.json("{\"tags\": [\"1.0\"]}");

    private final FaultyRegistry faulty = new FaultyRegistry();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    private final RemoteRegistry registry = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(),
            Patience.SHORT, this.limits);

    private final List<String> log = new CopyOnWriteArrayList<>();

    private final Waits waits = new Waits(this.log::add);

    private final StopSignal stop = new StopSignal();

    private final ContentSource source = source();

    private ContentSource source() {
        this.stop.tellWaits(this.waits);
        return this.registry.source("lib/app", this.stop);
    }

    @AfterEach
    void close() {
        this.stop.stop();
        this.registry.close();
        this.faulty.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(Arguments.of(Reply.status(503), "503"), Arguments.of(Reply.status(408), "408"),
                Arguments.of(Reply.error(429, "TOOMANYREQUESTS", "slow down").header("Retry-After", "0"), "429"),
                Arguments.of(Reply.cut(), "closed the connection without an answer"),
                Arguments.of(Reply.shortBody(100, 10), "closed the connection too early"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void each_further_attempt_has_a_line_with_the_cause_the_pause_and_its_number(Reply fault, String cause) {
        this.faulty.on("GET", TAGS, fault, fault, GOOD);
        assertThat(this.source.tags()).containsExactly("1.0");
        assertThat(this.log).hasSize(2);
        assertThat(this.log.get(0)).startsWith("list the tags of ")
            .contains("/lib/app", cause)
            .matches(".*; again (at once|in 0\\.1 s), 2 of 4");
        assertThat(this.log.get(1)).endsWith(", 3 of 4");
        assertThat(this.waits.longest()).isEmpty();
    }

    @Test
    void what_is_not_tried_again_has_none() {
        this.faulty.on("GET", TAGS, Reply.status(404), GOOD);
        assertThat(this.source.tags()).isEmpty();
        assertThat(this.log).isEmpty();
    }

    @Test
    void a_wait_is_shown_with_its_host_its_cause_and_its_end() {
        this.faulty.on("GET", TAGS, Reply.status(429).header("Retry-After", "5"), GOOD);
        CompletableFuture<List<String>> listed = tags();
        String host = this.faulty.url().getAuthority();
        Awaitility.await()
            .until(this.waits::longest,
                    (text) -> text.matches("waits for " + host + ": 429, again at \\d\\d:\\d\\d:\\d\\dZ"));
        assertThat(this.log).singleElement().asString().endsWith("; again in 5 s, 2 of 4");
        this.stop.stop();
        assertThat(listed).failsWithin(10, TimeUnit.SECONDS);
        assertThat(this.waits.longest()).isEmpty();
    }

    @Test
    void others_who_wait_for_the_same_host_show_it_as_well() {
        this.limits.of(Registered.at(this.faulty.url()).access()).hold(java.time.Duration.ofSeconds(4));
        CompletableFuture<List<String>> listed = tags();
        Awaitility.await()
            .until(this.waits::longest, (text) -> text
                .matches("waits for " + this.faulty.url().getAuthority() + ", which wants to be asked again at .*Z"));
        this.stop.stop();
        assertThat(listed).failsWithin(10, TimeUnit.SECONDS);
        assertThat(this.waits.longest()).isEmpty();
    }

    private CompletableFuture<List<String>> tags() {
        return CompletableFuture.supplyAsync(() -> this.source.tags().toList());
    }

}
