package oci.remote;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

import fixtures.Asked;
import fixtures.Blobs;
import fixtures.Fault;
import fixtures.FaultyRegistry;
import fixtures.Image;
import fixtures.Images;
import fixtures.Mishap;
import fixtures.Patience;
import fixtures.PlannedRegistry;
import fixtures.Registered;
import fixtures.Reply;
import oci.BlobContent;
import oci.ContentSource;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.message.RetryAfter;
import oci.model.Descriptor;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.apache.hc.client5.http.utils.DateUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

public class RetryTest {

    public static final String TAGS = "/v2/lib/app/tags/list";

    static final String MANIFEST = "/v2/lib/app/manifests/1.0";

    public static final Reply GOOD = Reply.json("{\"tags\": [\"1.0\"]}");

    final FaultyRegistry faulty = new FaultyRegistry();

    final RemoteRegistry registry = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(), Patience.SHORT,
            new HostLimits(LimitSizes.DEFAULTS));

    final ContentSource source = this.registry.source("lib/app", new StopSignal());

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    @ParameterizedTest
    @ValueSource(ints = { 408, 425, 429, 500, 502, 503, 504 })
    void a_passing_fault_is_tried_again(int status) {
        this.faulty.on("GET", TAGS, Reply.status(status), Reply.status(status), GOOD);
        assertThat(this.source.tags()).containsExactly("1.0");
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(3);
    }

    @Test
    void a_cut_and_a_short_answer_are_tried_again() {
        this.faulty.on("GET", TAGS, Reply.cut(), Reply.shortBody(100, 10), GOOD);
        assertThat(this.source.tags()).containsExactly("1.0");
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 5, 10, 11, 12, 14, 17, 21, 25, 35, 50, 65 })
    void an_answer_that_ends_within_its_head_is_tried_again(int bytes) {
        Image image = Images.image(1, 10);
        Fault inList = Fault.first(Asked.TAGS, Mishap.END_IN_ANSWER, bytes);
        Fault inManifest = Fault.first(Asked.GET_MANIFEST, Mishap.END_IN_ANSWER, bytes);
        try (PlannedRegistry planned = new PlannedRegistry(inList, inManifest).seed("lib/app", "1.0", image);
                RemoteRegistry breaking = RemoteRegistry.connect(Registered.at(planned.url()).access(), Patience.SHORT,
                        new HostLimits(LimitSizes.DEFAULTS))) {
            ContentSource asked = breaking.source("lib/app", new StopSignal());
            assertThat(asked.tags()).containsExactly("1.0");
            assertThat(asked.manifest("1.0").digest()).isEqualTo(image.digest());
            assertThat(planned.struck()).hasSize(2);
        }
    }

    @Test
    void an_answer_that_always_lacks_its_body_fails_for_now() {
        this.faulty.on("GET", TAGS, Reply.status(200)).on("GET", MANIFEST, Reply.body(200, "{\"layers\": ["));
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.tags().toList())
            .withMessageEndingWith("the answer breaks off after 0 bytes");
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.manifest("1.0"))
            .withMessageEndingWith("the answer breaks off after 12 bytes");
    }

    @Test
    @Timeout(20)
    void a_page_that_is_cut_short_gives_its_permit_back() {
        try (RemoteRegistry narrow = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(), Patience.SHORT,
                new HostLimits(new LimitSizes(1, 1, 1)))) {
            this.faulty.on("GET", TAGS, Reply.shortBody(100, 10).header("Content-Type", "text/html"), GOOD);
            assertThat(narrow.source("lib/app", new StopSignal()).tags()).containsExactly("1.0");
        }
    }

    @Test
    void the_budget_ends_with_the_registrys_own_words() {
        this.faulty.on("GET", TAGS, Reply.error(503, "UNAVAILABLE", "in maintenance"));
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.tags().toList())
            .withMessage("list the tags of %s/lib/app: 503 UNAVAILABLE \"in maintenance\"", this.faulty.host());
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(Patience.SHORT.attempts());
    }

    @Test
    void waits_as_long_as_the_registry_asks_in_seconds() {
        this.faulty.on("GET", TAGS, Reply.status(429).header("Retry-After", "1"), GOOD);
        Instant begun = Instant.now();
        assertThat(this.source.tags()).containsExactly("1.0");
        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void while_the_registry_asks_to_wait_nobody_asks_it() {
        try (RemoteRegistry hasty = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(),
                Patience.SHORT.once(), new HostLimits(LimitSizes.DEFAULTS))) {
            ContentSource asked = hasty.source("lib/app", new StopSignal());
            this.faulty.on("GET", TAGS, Reply.status(429).header("Retry-After", "1"), GOOD);
            assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(() -> asked.tags().toList());
            Instant begun = Instant.now();
            assertThat(hasty.source("lib/other", new StopSignal()).head("1.0")).isEmpty();
            assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 429, 503 })
    void for_long_nobody_asks_and_nobody_waits(int status) {
        this.faulty.on("GET", TAGS, Reply.status(status)
            .header("Retry-After", DateUtils.formatStandardDate(Instant.now().plus(Duration.ofMinutes(30)))));
        assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(() -> this.source.tags().toList())
            .satisfies((failure) -> assertThat(failure.retryAfter()).isGreaterThan(Duration.ofMinutes(29)));
        ContentSource other = this.registry.source("lib/other", new StopSignal());
        assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(() -> other.head("1.0"))
            .withMessageMatching("look at manifest .*/lib/other:1.0: .* wants to be asked again in 17\\d\\d s.*")
            .satisfies((failure) -> assertThat(failure.retryAfter()).isGreaterThan(Duration.ofMinutes(29)));
        assertThat(this.faulty.requests("HEAD", "/v2/lib/other/manifests/1.0")).isEmpty();
    }

    @Test
    void reads_a_retry_after_that_is_a_date() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(RetryAfter.parse(DateUtils.formatStandardDate(now.plusSeconds(7)), now))
            .contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse(DateUtils.formatStandardDate(now.minusSeconds(7)), now)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("soon", now)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({ "X-Retry-After, 1767225690, 90", "X-Retry-After, 12, 12", "X-Retry-After, 1767225500, 0",
            "Retry-After, 1767225690, 90", "X-Retry-After, 17672256900, ", "X-Retry-After, -5, " })
    void reads_docker_hubs_own_header_which_has_a_point_in_time(String name, String value, Long seconds) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(RetryAfter.of((header) -> Optional.of(value).filter((_) -> header.equals(name)), now)
            .map(Duration::toSeconds)).isEqualTo(Optional.ofNullable(seconds));
    }

    @Test
    void requests_that_are_used_up_are_no_lack_of_rights() {
        long reset = Instant.now().plusSeconds(1800).getEpochSecond();
        this.faulty.on("GET", TAGS,
                Reply.body(403, "{\"message\": \"API rate limit exceeded\"}")
                    .header("X-RateLimit-Limit", "5000")
                    .header("X-RateLimit-Remaining", "0")
                    .header("X-RateLimit-Reset", String.valueOf(reset)));
        assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(() -> this.source.tags().toList())
            .satisfies((failure) -> assertThat(failure.retryAfter()).isGreaterThan(Duration.ofMinutes(29)));
    }

    @Test
    void a_refusal_while_requests_are_left_is_one() {
        this.faulty.on("GET", TAGS,
                Reply.error(403, "DENIED", "no").header("X-RateLimit-Remaining", "7").header("X-RateLimit-Reset", "9"));
        assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> this.source.tags().toList());
    }

    @Test
    void a_wait_beyond_patience_is_left_to_the_caller() {
        this.faulty.on("GET", TAGS, Reply.error(429, "TOOMANYREQUESTS", "slow down").header("Retry-After", "3600"));
        assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(() -> this.source.tags().toList())
            .satisfies((failure) -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1)));
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(1);
    }

    @Test
    void a_page_of_html_is_told_in_its_first_words() {
        this.faulty.on("GET", TAGS, Reply.body(418, "<html><style>p {}</style><h1>No</h1>\n<p>coffee here</p></html>"));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.tags().toList())
            .withMessageEndingWith("418 \"No coffee here\"");
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(1);
    }

    @Test
    void another_part_than_was_asked_for_is_not_taken_for_the_whole() throws IOException {
        byte[] content = Blobs.random(1000, 1);
        Descriptor blob = Blobs.describe(content);
        this.faulty.on("GET", "/v2/lib/app/blobs/" + blob.digest(), (exchange) -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 500-999/1000");
            exchange.sendResponseHeaders(206, 500);
            exchange.getResponseBody().write(content, 500, 500);
        }, Reply.bytes(content));
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.blob(blob, 400))
            .withMessageEndingWith("asked for the bytes from 400 on, answered with 206 and bytes 500-999/1000");
        try (BlobContent whole = this.source.blob(blob, 400)) {
            assertThat(whole.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 400, 1000));
        }
    }

    @Test
    void a_blob_that_ends_early_says_how_far_it_came() throws IOException {
        Descriptor blob = Blobs.describe(new byte[1000]);
        this.faulty.on("GET", "/v2/lib/app/blobs/" + blob.digest(), Reply.shortBody(1000, 400));
        try (BlobContent content = this.source.blob(blob)) {
            assertThatIOException().isThrownBy(() -> content.stream().readAllBytes())
                .withMessageStartingWith("pull blob " + blob.digest() + " from " + this.faulty.host() + "/lib/app: ")
                .withMessageEndingWith("400 of 1000 bytes had come");
        }
    }

}
