package adapters.google;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import adapters.generic.GenericAdapter;
import com.fasterxml.jackson.databind.node.NullNode;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.GoogleFront;
import oci.Artifact;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.remote.Differences;
import oci.remote.Differences.RepositoryListing;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.Refusal;
import replication.bandwidth.Bandwidth;
import replication.event.EventPoll;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleAdapterTest {

    private final GoogleFront cloud = new GoogleFront();

    private final StopSignal stop = new StopSignal();

    private String repository = "";

    private int names;

    @BeforeEach
    void repository() {
        this.cloud.created.put("team/apps", NullNode.getInstance());
        this.cloud.walks = false;
        this.repository = "team/apps/app" + this.names++;
    }

    @AfterEach
    void no_mistakes() {
        assertThat(this.cloud.mistakes).isEmpty();
    }

    @AfterAll
    void close() {
        this.cloud.close();
    }

    @Test
    void a_key_s_token_lets_in_and_the_listing_tells_digests_and_times() {
        Instant before = Instant.now().minusSeconds(1);
        Image image = Images.image(1, 100);
        try (RegistryConnection connection = connect(key(this.cloud.key()))) {
            image.pushTo(registry(connection).target(this.repository, this.stop), "v1");
            image.pushTo(registry(connection).target(this.repository, this.stop), "v2");
            List<Artifact> listed = artifacts(connection);
            assertThat(listed).extracting(Artifact::tag).containsExactly("v1", "v2");
            assertThat(listed).allSatisfy((artifact) -> {
                assertThat(artifact.digest()).isEqualTo(image.digest().toString());
                assertThat(artifact.pushed()).isAfter(before);
            });
            assertThat(repositories(connection, List.of("team/apps"))).contains(this.repository);
            assertThat(connection.admission()).isEqualTo("let in as oauth2accesstoken");
        }
    }

    @Test
    void the_console_s_key_serves_as_the_user_json_key_too_and_stays_here() {
        this.cloud.push(this.repository, "v1", Images.image(2, 10));
        try (RegistryConnection connection = connect(
                RegistryCredential.basic("_json_key", new Secret(this.cloud.key())))) {
            assertThat(artifacts(connection)).hasSize(1);
        }
        String encoded = Base64.getEncoder().encodeToString(this.cloud.key().getBytes(StandardCharsets.UTF_8));
        try (RegistryConnection connection = connect(
                RegistryCredential.basic("_json_key_base64", new Secret(encoded)))) {
            assertThat(artifacts(connection)).hasSize(1);
        }
    }

    @Test
    void another_account_is_acted_as_by_tokens_that_this_one_creates() {
        this.cloud.push(this.repository, "v1", Images.image(3, 10));
        RegistryCredential credential = new RegistryCredential("service_account",
                Map.of("impersonate", "other@team.iam.gserviceaccount.com"),
                Map.of("key", new Secret(this.cloud.key())));
        try (RegistryConnection connection = connect(credential)) {
            assertThat(artifacts(connection)).hasSize(1);
        }
        assertThat(this.cloud.apiRequests("POST", ":generateAccessToken")).isPositive();

        RegistryCredential path = new RegistryCredential("google", Map.of("impersonate", "../../v1/x?"), Map.of());
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> connect(path))
            .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("credential.impersonate"));
    }

    @Test
    void a_file_that_leads_elsewhere_is_refused_by_its_field_and_nothing_is_asked(@TempDir Path folder)
            throws IOException {
        Path subject = Files.writeString(folder.resolve("token"), GoogleFront.SUBJECT);
        int before = this.cloud.apiLog.size();
        for (String text : List.of(
                GoogleFront.json(GoogleFront.federation(this.cloud.url() + "/v1/token", subject.toString())),
                GoogleFront.json(Map.of("type", "external_account", "credential_source",
                        Map.of("executable", Map.of("command", "/bin/touch " + folder.resolve("made"))))),
                with("token_uri", "https://attacker.example/token"),
                with("token_uri", "http://oauth2.googleapis.com/t"),
                with("token_uri", "https://oauth2.googleapis.com.attacker.example/token"),
                with("token_uri", "https://attacker.example#.googleapis.com"),
                with("token_uri", "https://x@attacker.example:443/?.googleapis.com"),
                with("universe_domain", "attacker.example"), with("private_key", "none"), with("client_email", ""),
                "no json", "{}")) {
            assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> connect(key(text)))
                .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("credential.key"))
                .satisfies((refusal) -> assertThat(String.valueOf(refusal.getMessage())).doesNotContain("BEGIN",
                        GoogleFront.SUBJECT));
        }
        assertThat(this.cloud.apiLog).hasSize(before);
        assertThat(folder.resolve("made")).doesNotExist();
    }

    private String with(String field, String value) {
        Map<String, Object> fields = new HashMap<>(this.cloud.keyFields());
        fields.put(field, value);
        return GoogleFront.json(fields);
    }

    @Test
    void a_refused_key_is_told_without_the_key() {
        String other = with("client_email", "stranger@team.iam.gserviceaccount.com");
        try (RegistryConnection connection = connect(key(other))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> artifacts(connection))
                .withMessageContaining("get an access token from Google")
                .withMessageContaining("invalid_grant")
                .satisfies((failure) -> assertThat(failure.toString()).doesNotContain("BEGIN", "assertion"));
        }
    }

    @Test
    void repositories_of_gcr_io_are_found_by_their_parents() {
        this.cloud.walks = true;
        this.cloud.created.put("team", NullNode.getInstance());
        this.cloud.push("walked/app", "v1", Images.image(6, 10));
        this.cloud.push("walked/app/deep/er", "v1", Images.image(6, 10));
        this.cloud.push("walked/tool", "v1", Images.image(6, 10));
        assertThat(walked("walked")).containsExactly("walked/app", "walked/app/deep/er", "walked/tool");
        assertThat(walked("nothing")).isEmpty();
    }

    private List<String> walked(String namespace) {
        this.cloud.access.issue("ya29.walker");
        RegistryCredential token = RegistryCredential.basic("oauth2accesstoken", new Secret("ya29.walker"));
        try (RemoteRegistry remote = RemoteRegistry.connect(
                registry(token, Map.of()).access(GenericAdapter.source(token)),
                (api) -> new Differences(RepositoryListing.within(new GoogleContent(api, true)::repositories), null,
                        null, null),
                Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));
                Stream<String> listed = remote.repositories(List.of(namespace))) {
            return listed.toList();
        }
    }

    @Test
    void an_immutable_tag_is_told_and_left() {
        Image image = Images.image(8, 10);
        this.cloud.push("team/fixed/app", "v1", image);
        this.cloud.immutable.add("team/fixed");
        this.repository = "team/fixed/app";
        try (RegistryConnection connection = connect(key(this.cloud.key()))) {
            assertThat(delete(connection, "v1", image)).hasValueSatisfying(
                    (reason) -> assertThat(reason).contains("immutable tags").contains("FAILED_PRECONDITION"));
            assertThat(artifacts(connection)).hasSize(1);
        }
    }

    @Test
    void a_repository_of_artifact_registry_that_is_missing_is_named_and_not_made() {
        try (RegistryConnection connection = connect(key(this.cloud.key()))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(
                        () -> Images.image(9, 10).pushTo(registry(connection).target("team/none/app", this.stop), "v1"))
                .withMessageContaining("Artifact Registry has no repository team/none")
                .satisfies((failure) -> assertThat(failure.reason().hint())
                    .contains("gcloud artifacts repositories create none")
                    .contains("--project=team"));
        }
    }

    @Test
    void events_are_pulled_and_acknowledged_when_they_are_stored() {
        String host = URI.create(this.cloud.url()).getAuthority();
        this.cloud.publish("1", Map.of("action", "INSERT", "digest", host + "/team/apps/app@sha256:" + "a".repeat(64),
                "tag", host + "/team/apps/app:v1"));
        this.cloud.publish("2", Map.of("action", "INSERT", "tag", "us-docker.pkg.dev/team/apps/app:v1"));
        this.cloud.publish("3", Map.of("action", "INSERT", "tag", "us-docker.pkg.dev/team/apps/app:v1"),
                Instant.now().minus(Duration.ofMinutes(61)));
        Map<String, Object> settings = Map.of("subscription", "projects/team/subscriptions/drayage");
        try (RegistryConnection connection = adapter(environment())
            .connect(registry(key(this.cloud.key()), settings))) {
            EventPoll poll = connection.as(EventPoll.class);
            List<EventPoll.Told> told = poll.read(this.stop);
            assertThat(told).extracting(EventPoll.Told::receipt).containsExactlyInAnyOrder("1", "2");
            assertThat(this.cloud.acknowledged()).containsExactly("3");
            poll.done(told.stream().filter((each) -> each.elsewhere().isEmpty()).toList(), this.stop);
            assertThat(this.cloud.acknowledged()).containsExactly("3", "1");
            assertThat(poll.read(this.stop)).extracting(EventPoll.Told::receipt).containsExactly("2");
        }
    }

    @ParameterizedTest
    @CsvSource({ "projects/team/topics/gcr", "https://attacker.example", "projects/../x/subscriptions/y", "drayage" })
    void a_subscription_is_written_as_google_writes_it(String name) {
        Registry registry = registry(key(this.cloud.key()), Map.of("subscription", name));
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> adapter(environment()).connect(registry))
            .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("settings.subscription"));
    }

    @Test
    void a_subscription_needs_a_login_of_google_s() {
        Registry registry = registry(RegistryCredential.NONE,
                Map.of("subscription", "projects/team/subscriptions/drayage"));
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> adapter(environment()).connect(registry))
            .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("settings.subscription"));
    }

    @ParameterizedTest
    @CsvSource({ "https://europe-docker.pkg.dev, 3", "https://eu.gcr.io, 2", "https://gcr.io, 2",
            "https://us-central1-docker.pkg.dev, 3" })
    void names_have_a_project_and_on_artifact_registry_a_repository(String url, int least) {
        Registry registry = new Registry(1, "g", "", "google", URI.create(url), false, RegistryCredential.NONE, null,
                null, 0);
        assertThat(adapter(Map.of()).names(registry).least()).isEqualTo(least);
    }

    private Map<String, String> environment() {
        return Map.of("CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS", this.cloud.url(),
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB", this.cloud.url() + "/");
    }

    private static GoogleAdapter adapter(Map<String, String> environment) {
        return new GoogleAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS), environment);
    }

    private RegistryConnection connect(RegistryCredential credential) {
        return adapter(environment()).connect(registry(credential, Map.of()));
    }

    private Registry registry(RegistryCredential credential, Map<String, Object> settings) {
        return new Registry(1, "google", "", "google", URI.create(this.cloud.url()), false, credential, settings, null,
                null, 0, Bandwidth.UNLIMITED, null);
    }

    private static RegistryCredential key(String text) {
        return new RegistryCredential("service_account", Map.of(), Map.of("key", new Secret(text)));
    }

    private static ContentRegistry registry(RegistryConnection connection) {
        return connection.as(ContentRegistry.class);
    }

    private List<Artifact> artifacts(RegistryConnection connection) {
        try (Stream<Artifact> listed = registry(connection).source(this.repository, this.stop).artifacts()) {
            return listed.toList();
        }
    }

    private static List<String> repositories(RegistryConnection connection, List<String> namespaces) {
        try (Stream<String> listed = connection.repositories(new RepositoryQuery.Catalog(namespaces))) {
            return listed.toList();
        }
    }

    private Optional<String> delete(RegistryConnection connection, String tag, Image image) {
        return registry(connection).target(this.repository, this.stop)
            .delete(tag, image.digest(), (String _, Digest _) -> false);
    }

}
