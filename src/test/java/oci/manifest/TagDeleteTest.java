package oci.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.FaultyRegistry;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Reply;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.RemoteRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TagDeleteTest {

    private static final RealRegistry REAL = RealRegistry.start();

    private static final String LIST = "/v2/lib/app/tags/list";

    private final Image image = Images.image(1, 100);

    private final Image other = Images.image(2, 100);

    private final FaultyRegistry faulty = new FaultyRegistry();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    private final RemoteRegistry toFaulty = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(),
            Patience.SHORT, this.limits);

    private final RemoteRegistry toReal = RemoteRegistry.connect(Registered.at(REAL).access(), Patience.SHORT,
            this.limits);

    private final ContentTarget target = this.toFaulty.target("lib/app", new StopSignal());

    @BeforeEach
    void fill() {
        tags("v1", "v2");
        has("v1", this.image);
        has("v2", this.other);
        String digest = this.image.digest().toString();
        this.faulty.on("GET", manifest(digest), Reply.of(this.image.manifest()))
            .on("DELETE", manifest(digest), Reply.status(202));
    }

    @AfterEach
    void close() {
        this.toFaulty.close();
        this.toReal.close();
        this.faulty.close();
    }

    @AfterAll
    static void end() {
        REAL.close();
    }

    private static String manifest(String reference) {
        return "/v2/lib/app/manifests/" + reference;
    }

    private void has(String reference, Image what) {
        this.faulty.on("HEAD", manifest(reference), Reply.of(what.manifest()));
    }

    private void tags(String... names) {
        this.faulty.on("GET", LIST, Reply.json("{\"name\": \"lib/app\", \"tags\": [%s]}"
            .formatted(List.of(names).stream().map((name) -> "\"" + name + "\"").collect(Collectors.joining(",")))));
    }

    private void byTag(Reply... replies) {
        this.faulty.on("DELETE", manifest("v1"), replies);
    }

    private Optional<String> delete() {
        return this.target.delete("v1", this.image.digest());
    }

    private int deletedByDigest() {
        return this.faulty.requests("DELETE", manifest(this.image.digest().toString())).size();
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 202, 204 })
    void a_registry_that_deletes_tags_is_asked_once_and_for_nothing_else(int status) {
        byTag(Reply.status(status));
        assertThat(delete()).isEmpty();
        assertThat(this.faulty.requests("DELETE", manifest("v1"))).hasSize(1);
        assertThat(this.faulty.requests("GET", LIST)).isEmpty();
        assertThat(deletedByDigest()).isZero();
    }

    @ParameterizedTest
    @CsvSource({ "400, DIGEST_INVALID", "400, UNSUPPORTED", "404, NOT_FOUND", "405, UNSUPPORTED", "501, UNSUPPORTED" })
    void a_registry_that_deletes_by_digest_only_does_so_where_no_other_tag_needs_it(int status, String code) {
        byTag(Reply.error(status, code, "The operation is unsupported."));
        if (status == 501) {
            assertThatThrownBy(this::delete).isInstanceOf(RegistryFailure.class);
            assertThat(deletedByDigest()).isZero();
        }
        else {
            assertThat(delete()).isEmpty();
            assertThat(deletedByDigest()).isEqualTo(1);
        }
    }

    @Test
    void a_tag_that_is_gone_already_is_gone() {
        byTag(Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown"));
        this.faulty.on("HEAD", manifest("v1"), Reply.status(404));
        assertThat(delete()).isEmpty();
        assertThat(delete()).isEmpty();
        assertThat(deletedByDigest()).isZero();
    }

    @Test
    void a_manifest_that_another_tag_has_is_left() {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        has("v2", this.image);
        assertThat(delete()).hasValueSatisfying((reason) -> assertThat(reason).contains("by digest only", "tag v2"));
        assertThat(deletedByDigest()).isZero();
    }

    @Test
    void another_tag_that_goes_too_is_no_hindrance() {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        has("v2", this.image);
        assertThat(this.target.delete("v1", this.image.digest(),
                (tag, digest) -> tag.equals("v2") && digest.equals(this.other.digest())))
            .isPresent();
        assertThat(deletedByDigest()).isZero();
        assertThat(this.target.delete("v1", this.image.digest(),
                (tag, digest) -> tag.equals("v2") && digest.equals(this.image.digest())))
            .isEmpty();
        assertThat(deletedByDigest()).isEqualTo(1);
    }

    @Test
    void a_manifest_that_another_tag_s_index_lists_is_left() {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        Image outer = Images.index(Images.index(this.other, this.image), this.other);
        Image inner = outer.children().getFirst();
        has("v2", outer);
        this.faulty.on("GET", manifest(outer.digest().toString()), Reply.of(outer.manifest()))
            .on("GET", manifest(inner.digest().toString()), Reply.of(inner.manifest()));
        assertThat(delete()).hasValueSatisfying((reason) -> assertThat(reason).contains("tag v2"));
        assertThat(deletedByDigest()).isZero();
    }

    @Test
    void an_index_that_lists_others_is_no_hindrance_and_read_once() {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        Image index = Images.index(this.other);
        tags("v1", "v2", "v3");
        has("v2", index);
        has("v3", index);
        this.faulty.on("GET", manifest(index.digest().toString()), Reply.of(index.manifest()));
        assertThat(delete()).isEmpty();
        assertThat(deletedByDigest()).isEqualTo(1);
        assertThat(this.faulty.requests("GET", manifest(index.digest().toString()))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403, 429, 500, 503 })
    void where_another_tag_cannot_be_looked_at_nothing_is_deleted(int status) {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        this.faulty.on("HEAD", manifest("v2"), Reply.status(status));
        assertThatThrownBy(this::delete).isInstanceOf(RegistryFailure.class);
        assertThat(deletedByDigest()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403, 429, 500, 503 })
    void where_the_tags_cannot_be_listed_nothing_is_deleted(int status) {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        this.faulty.on("GET", LIST, Reply.status(status));
        assertThatThrownBy(this::delete).isInstanceOf(RegistryFailure.class);
        assertThat(deletedByDigest()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "\"\"", "7", "\"a b\"", "{}" })
    void a_list_that_is_not_whole_is_not_relied_on(String entry) {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        this.faulty.on("GET", LIST, Reply.json("{\"tags\": [\"v1\", %s, \"v2\"]}".formatted(entry)));
        assertThat(delete()).hasValueSatisfying((reason) -> assertThat(reason).contains("is not whole"));
        assertThat(deletedByDigest()).isZero();
    }

    @Test
    void another_tag_that_only_head_denies_is_looked_at_by_get() {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        this.faulty.on("HEAD", manifest("v2"), Reply.status(404))
            .on("GET", manifest("v2"), Reply.of(this.image.manifest()));
        assertThat(delete()).hasValueSatisfying((reason) -> assertThat(reason).contains("tag v2 needs the same one"));
        assertThat(deletedByDigest()).isZero();
    }

    @Test
    void another_tag_of_which_something_else_speaks_keeps_the_manifest() {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        this.faulty.on("HEAD", manifest("v2"), Reply.status(404))
            .on("GET", manifest("v2"), Reply.body(404, "404 page not found"));
        assertThat(delete())
            .hasValueSatisfying((reason) -> assertThat(reason).contains("is not known", "404 page not found"));
        assertThat(deletedByDigest()).isZero();
    }

    @Test
    void another_tag_that_leads_nowhere_is_no_hindrance() {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        this.faulty.on("HEAD", manifest("v2"), Reply.status(404))
            .on("GET", manifest("v2"), Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown"));
        assertThat(delete()).isEmpty();
        assertThat(deletedByDigest()).isEqualTo(1);
    }

    @Test
    void a_listing_that_hides_the_tag_itself_is_not_relied_on() {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        this.faulty.on("GET", LIST, Reply.error(404, "NAME_UNKNOWN", "no such repository"));
        assertThat(delete()).hasValueSatisfying((reason) -> assertThat(reason).contains("does not list this tag"));
        tags("v2");
        assertThat(delete()).isPresent();
        assertThat(deletedByDigest()).isZero();
    }

    @Test
    void among_very_many_tags_nothing_is_looked_up_nor_deleted() {
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        tags(IntStream.rangeClosed(1, 1002).mapToObj((i) -> "v" + i).toArray(String[]::new));
        assertThat(delete()).hasValueSatisfying((reason) -> assertThat(reason).contains("more than 1000 tags"));
        assertThat(this.faulty.requests("HEAD", manifest("v2"))).isEmpty();
        assertThat(deletedByDigest()).isZero();
    }

    @ParameterizedTest
    @CsvSource({ "401, Unauthorized", "403, Unauthorized", "429, RateLimited", "500, Transient" })
    void a_refusal_is_a_failure_and_nothing_is_deleted_by_digest(int status, String failure) {
        byTag(Reply.error(status, "DENIED", "no"));
        assertThatThrownBy(this::delete).isInstanceOf(RegistryFailure.class)
            .satisfies((ex) -> assertThat(ex.getClass().getSimpleName()).isEqualTo(failure))
            .hasMessageContaining("delete")
            .hasMessageContaining("lib/app:v1");
        assertThat(deletedByDigest()).isZero();
    }

    @Test
    void a_registry_that_deletes_nothing_says_so_in_its_own_words() {
        byTag(Reply.error(405, "UNSUPPORTED", "tags stay"));
        this.faulty.on("DELETE", manifest(this.image.digest().toString()),
                Reply.error(405, "UNSUPPORTED", "manifests stay"));
        assertThat(delete())
            .hasValueSatisfying((reason) -> assertThat(reason).contains("neither", "tags stay", "manifests stay"));
    }

    @Test
    void an_answer_that_is_lost_is_made_up_for() {
        byTag(Reply.cut(), Reply.error(404, "MANIFEST_UNKNOWN", "gone by now"));
        this.faulty.on("HEAD", manifest("v1"), Reply.status(404));
        assertThat(delete()).isEmpty();
        assertThat(this.faulty.requests("DELETE", manifest("v1"))).hasSize(2);
    }

    @Test
    void a_manifest_that_went_without_its_tag_is_put_back_to_take_it_along() {
        String digest = this.image.digest().toString();
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        this.faulty.on("PUT", manifest(digest), Reply.status(201))
            .on("DELETE", manifest(digest), Reply.status(500), Reply.error(404, "MANIFEST_UNKNOWN", "gone"),
                    Reply.status(202));
        assertThat(delete()).isEmpty();
        assertThat(this.faulty.requests("PUT", manifest(digest))).hasSize(1);
        assertThat(deletedByDigest()).isEqualTo(3);
    }

    @Test
    void a_tag_that_stays_whatever_is_done_is_a_passing_failure_and_whole() {
        String digest = this.image.digest().toString();
        byTag(Reply.error(405, "UNSUPPORTED", "no"));
        this.faulty.on("PUT", manifest(digest), Reply.status(201))
            .on("DELETE", manifest(digest), Reply.error(404, "MANIFEST_UNKNOWN", "gone"));
        assertThatThrownBy(this::delete).isInstanceOf(RegistryFailure.Transient.class)
            .hasMessageContaining("lib/app:v1")
            .hasMessageContaining("the manifest is back");
        assertThat(this.faulty.requests("PUT", manifest(digest)))
            .hasSameSizeAs(this.faulty.requests("DELETE", manifest(digest)));
    }

    @Test
    void a_real_registry_loses_the_tag_and_keeps_what_others_need() {
        ContentTarget real = this.toReal.target("lib/real", new StopSignal());
        Image index = Images.index(this.image, this.other);
        index.pushTo(real, "index");
        this.image.pushTo(real, "amd64");
        this.other.pushTo(real, "arm64");
        Image alone = Images.image(3, 100);
        alone.pushTo(real, "alone");

        assertThat(real.delete("alone", alone.digest())).isEmpty();
        assertThat(real.delete("alone", alone.digest())).isEmpty();
        real.delete("amd64", this.image.digest());

        assertThat(real.head("alone")).isEmpty();
        assertThat(real.head(this.image.digest().toString())).isPresent();
        assertThat(real.head("index")).isPresent();
        assertThat(real.head("arm64")).isPresent();
    }

    @Test
    void a_real_registry_that_is_written_to_meanwhile_loses_the_tag_as_well() throws InterruptedException {
        ContentTarget real = this.toReal.target("lib/busy", new StopSignal());
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> writers = IntStream.range(0, 2)
            .mapToObj((i) -> Thread.startVirtualThread(() -> write(real, i, over)))
            .toList();
        for (int i = 0; i < 100; i++) {
            Image image = Images.image(100 + i, 100);
            sooner(() -> image.pushTo(real, "goes"));
            sooner(() -> assertThat(real.delete("goes", image.digest())).isEmpty());
            try (Stream<String> tags = real.tags()) {
                assertThat(tags).as("after %d deletions", i + 1).doesNotContain("goes");
            }
        }
        over.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private static void write(ContentTarget target, int writer, AtomicBoolean over) {
        for (int i = 0; !over.get(); i++) {
            Image image = Images.image(10_000 * (writer + 1) + i % 5, 100);
            sooner(() -> image.pushTo(target, "w" + writer));
        }
    }

    /** This registry answers 500 where it reads a tag that it is writing. */
    private static void sooner(Runnable step) {
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
            try {
                step.run();
                return true;
            }
            catch (RegistryFailure.Transient _) {
                return false;
            }
        });
    }

}
