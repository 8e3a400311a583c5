package oci.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import fixtures.Blobs;
import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.ContentSource;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure.NotFound.Subject;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ManifestTest {

    final RawManifest manifest = Blobs.manifest(Blobs.random(10, 1));

    final String text = new String(this.manifest.bytes(), StandardCharsets.UTF_8);

    final FaultyRegistry faulty = new FaultyRegistry();

    final RemoteRegistry registry = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(), Patience.SHORT,
            new HostLimits(LimitSizes.DEFAULTS));

    final ContentSource source = this.registry.source("lib/app", new StopSignal());

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    @Test
    void a_head_without_a_digest_is_answered_by_pulling() {
        this.faulty.on("HEAD", path("1.0"), Reply.json(this.text)).on("GET", path("1.0"), Reply.json(this.text));
        assertThat(this.source.head("1.0"))
            .contains(new Descriptor(this.manifest.mediaType(), this.manifest.digest(), this.manifest.bytes().length));
    }

    @Test
    void the_media_type_loses_its_parameters() {
        this.faulty.on("HEAD", path("1.0"),
                Reply.body(200, this.text)
                    .header("Content-Type", this.manifest.mediaType() + "; charset=utf-8")
                    .header("Docker-Content-Digest", this.manifest.digest().toString()));
        assertThat(this.source.head("1.0")).map(Descriptor::mediaType).contains(this.manifest.mediaType());
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "application/json; charset=utf-8", "text/html", "", "application/vnd.oci.image.index.v1+json" })
    void what_a_manifest_says_that_it_is_goes_before_the_content_type(String told) {
        this.faulty.on("GET", path("1.0"), Reply.body(200, this.text).header("Content-Type", told));
        assertThat(this.source.manifest("1.0").mediaType()).isEqualTo(this.manifest.mediaType());
    }

    @ParameterizedTest
    @CsvSource({ MediaTypes.DOCKER_IMAGE + "," + MediaTypes.DOCKER_IMAGE, "text/html," + MediaTypes.OCI_IMAGE,
            "application/json," + MediaTypes.OCI_IMAGE })
    void one_that_does_not_say_is_what_it_is_called_or_looks_like(String told, String taken) {
        this.faulty.on("GET", path("1.0"),
                Reply.body(200, "{\"config\": {}, \"layers\": []}").header("Content-Type", told));
        assertThat(this.source.manifest("1.0").mediaType()).isEqualTo(taken);
    }

    @Test
    void a_tag_that_may_not_be_changed_is_put_where_the_lost_answer_had_put_it() {
        this.faulty
            .on("PUT", path("1.0"), Reply.cut(),
                    Reply.error(412, "PRECONDITION", "configured as immutable, cannot be updated"))
            .on("HEAD", path("1.0"), Reply.of(this.manifest));
        ContentTarget target = this.registry.target("lib/app", new StopSignal());
        target.put(this.manifest, "1.0");
        assertThat(this.faulty.requests("PUT", path("1.0"))).hasSize(2);
        RawManifest other = new RawManifest(MediaTypes.OCI_IMAGE, Digest.sha256("{}"), new byte[] { '{', '}' });
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> target.put(other, "1.0"))
            .withMessageContaining("configured as immutable");
    }

    @Test
    void whether_a_refused_tag_is_there_is_asked_again_later_where_nobody_knows() {
        this.faulty.on("PUT", path("1.0"), Reply.error(400, "TAG_INVALID", "the tag is immutable"))
            .on("HEAD", path("1.0"), Reply.status(503));
        assertThatExceptionOfType(RegistryFailure.Transient.class)
            .isThrownBy(() -> this.registry.target("lib/app", new StopSignal()).put(this.manifest, "1.0"));
    }

    @Test
    void another_content_than_asked_for_by_digest_is_refused() {
        String digest = this.manifest.digest().toString();
        this.faulty.on("GET", path(digest), Reply.json("{}"));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.manifest(digest))
            .withMessageContaining("the source has other content: each of 3 reads brought " + Digest.sha256("{}"));
        assertThat(this.faulty.requests("GET", path(digest))).hasSize(3);
    }

    @Test
    void another_digest_than_was_pushed_is_told() {
        this.faulty.on("PUT", path("1.0"),
                Reply.status(201).header("Docker-Content-Digest", Digest.sha256(new byte[0]).toString()));
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> this.registry.target("lib/app", new StopSignal()).put(this.manifest, "1.0"))
            .withMessageContaining("instead of " + this.manifest.digest());
    }

    @Test
    void a_name_never_leads_to_another_path() {
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> this.registry.source("lib/../other", new StopSignal()));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.manifest("../x"));
    }

    static Stream<Arguments> denials() {
        return Stream.of(Arguments.of(Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown"), Subject.MANIFEST),
                Arguments.of(Reply.error(404, "NOT_FOUND", "artifact app:1.0 not found"), Subject.MANIFEST),
                Arguments.of(Reply.error(404, "TAG_EXPIRED", "it was deleted or has expired"), Subject.MANIFEST),
                Arguments.of(Reply.status(404), Subject.MANIFEST),
                Arguments.of(Reply.error(404, "NAME_UNKNOWN", "repository name not known"), Subject.REPOSITORY),
                Arguments.of(Reply.error(404, "DENIED", "not for you"), Subject.UNTOLD),
                Arguments.of(Reply.body(404, "404 page not found"), Subject.UNTOLD),
                Arguments.of(Reply.body(404, "<html><h1>404 Not Found</h1><hr>nginx</html>")
                    .header("Content-Type", "text/html"), Subject.UNTOLD),
                Arguments.of(Reply.body(404, "<Error><Code>NoSuchKey</Code></Error>")
                    .header("Content-Type", "application/xml"), Subject.UNTOLD));
    }

    @ParameterizedTest
    @MethodSource("denials")
    void what_a_404_says_that_it_does_not_know_is_told(Reply reply, Subject unknown) {
        this.faulty.on("GET", path("1.0"), reply);
        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> this.source.manifest("1.0"))
            .satisfies((ex) -> assertThat(ex.unknown()).isEqualTo(unknown));
    }

    static Stream<Reply> stores() {
        return Stream.of(Reply.status(404), Reply.error(404, "MANIFEST_UNKNOWN", "manifest unknown"),
                Reply.error(404, "NAME_UNKNOWN", "no such bucket"),
                Reply.body(404, "<Error><Code>NoSuchKey</Code></Error>"));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void a_store_that_the_registry_sends_to_may_have_lost_what_the_registry_has(Reply reply) {
        this.faulty.on("GET", path("1.0"), Reply.status(307).header("Location", this.faulty.otherUrl() + "/store"))
            .on("GET", "/store", reply);
        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> this.source.manifest("1.0"))
            .satisfies((ex) -> assertThat(ex.unknown()).isEqualTo(Subject.UNTOLD));
    }

    @Test
    void what_is_asked_afresh_goes_past_caches_and_over_another_connection() {
        List<String> asked = new CopyOnWriteArrayList<>();
        this.faulty.on("GET", path("1.0"), (exchange) -> {
            asked.add(exchange.getRemoteAddress() + " " + exchange.getRequestHeaders().getFirst("Cache-Control"));
            Reply.json(this.text).send(exchange);
        });
        this.source.manifest("1.0");
        this.source.manifest("1.0");
        this.source.afresh().manifest("1.0");
        assertThat(asked.get(1)).isEqualTo(asked.get(0)).endsWith(" null");
        assertThat(asked.get(2)).endsWith(" no-cache").doesNotStartWith(asked.get(0).replace(" null", " "));
    }

    private static String path(String reference) {
        return "/v2/lib/app/manifests/" + reference;
    }

}
