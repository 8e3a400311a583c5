package adapters.aws;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.Images;
import fixtures.vendors.EcrFront;
import oci.Artifact;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import static org.assertj.core.api.Assertions.tuple;

/** ECR's own ways, against a fake that is made from AWS's reference. */
class EcrAdapterTest {

    private static final HttpSettings HTTP = new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(10),
            Duration.ofSeconds(10), 4, Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(5));

    @SuppressWarnings("NullAway.Init")
    private static EcrFront ecr;

    private final StopSignal stop = new StopSignal();

    private final EcrAdapter adapter = new EcrAdapter(HTTP, new HostLimits(LimitSizes.DEFAULTS), Set.of("allowed"));

    private final Map<String, Object> settings = new HashMap<>();

    @BeforeAll
    static void start() {
        ecr = new EcrFront();
    }

    @AfterAll
    static void end() {
        ecr.close();
    }

    @BeforeEach
    void empty() {
        ecr.created.clear();
        ecr.operations.clear();
        ecr.queue.clear();
        ecr.archived.clear();
        ecr.listed.clear();
        ecr.most = 1_000;
        ecr.tokens.live(Duration.ofHours(12));
        this.settings.putAll(Map.of("account", EcrFront.ACCOUNT, "region", "eu-central-1", "api", ecr.apiUrl()));
    }

    @AfterEach
    void nothing_was_sent_that_should_not_have_been() {
        assertThat(ecr.mistakes).isEmpty();
    }

    @Test
    void a_repository_that_is_missing_is_created_with_the_options_of_the_settings_once() {
        this.settings
            .putAll(Map.of("tag_mutability", "IMMUTABLE_WITH_EXCLUSION", "mutability_exclusions", List.of("dev-*"),
                    "scan_on_push", true, "encryption", "KMS", "kms_key", "alias/team", "tags", Map.of("team", "red")));

        try (RegistryConnection connection = connect()) {
            IntStream.range(0, 20).parallel().forEach((i) -> push(connection, "new/app", "v" + i, 200 + i));
        }

        assertThat(ecr.created).containsOnlyKeys("new/app");
        assertThat(ecr.created.get("new/app"))
            .hasToString("{\"repositoryName\":\"new/app\",\"imageTagMutability\":\"IMMUTABLE_WITH_EXCLUSION\","
                    + "\"imageTagMutabilityExclusionFilters\":[{\"filterType\":\"WILDCARD\",\"filter\":\"dev-*\"}],"
                    + "\"imageScanningConfiguration\":{\"scanOnPush\":true},"
                    + "\"encryptionConfiguration\":{\"encryptionType\":\"KMS\",\"kmsKey\":\"alias/team\"},"
                    + "\"tags\":[{\"Key\":\"team\",\"Value\":\"red\"}],\"registryId\":\"123456789012\"}");
        assertThat(ecr.operations).containsExactlyInAnyOrder("ecr:GetAuthorizationToken", "ecr:CreateRepository");
    }

    @Test
    void a_repository_that_somebody_else_creates_meanwhile_is_as_good() {
        try (RegistryConnection connection = connect()) {
            ecr.failing = (request) -> {
                ecr.create("raced/app");
                return false;
            };
            push(connection, "raced/app", "v1", 3);
        }
        finally {
            ecr.failing = (_) -> false;
        }
        assertThat(ecr.digests("raced/app")).containsOnlyKeys("v1");
    }

    @Test
    void nothing_is_created_where_the_settings_say_never() {
        this.settings.put("create", "never");

        try (RegistryConnection connection = connect()) {
            assertThatExceptionOfType(RegistryFailure.NotFound.class)
                .isThrownBy(() -> push(connection, "never/app", "v1", 4))
                .withMessageContaining("NAME_UNKNOWN");
        }
        assertThat(ecr.operations).doesNotContain("ecr:CreateRepository");
    }

    @Test
    void repositories_and_tags_are_listed_page_by_page_with_digests_and_push_times() {
        List.of("list/a", "list/b", "list/c").forEach(ecr::create);
        IntStream.range(0, 7).forEach((i) -> ecr.push("list/a", "v" + i, Images.image(10 + i / 2, 10)));
        ecr.most = 2;

        try (RegistryConnection connection = connect()) {
            try (Stream<String> names = connection.repositories(RepositoryQuery.ALL)) {
                assertThat(names).containsExactly("list/a", "list/b", "list/c");
            }
            List<Artifact> artifacts = artifacts(connection, "list/a");
            assertThat(artifacts).extracting(Artifact::tag)
                .containsExactlyInAnyOrder("v0", "v1", "v2", "v3", "v4", "v5", "v6");
            assertThat(artifacts).allSatisfy((artifact) -> {
                assertThat(artifact.digest()).isEqualTo(ecr.digests("list/a").get(artifact.tag()));
                assertThat(artifact.pushed()).isNotNull();
                assertThat(artifact.withheld()).isEmpty();
            });
            assertThat(artifacts(connection, "list/b")).isEmpty();
            assertThat(artifacts(connection, "list/missing")).isEmpty();
        }
        // 3 repositories and 4 images of a page of 2, then one page each.
        assertThat(ecr.operations).hasSize(2 + 2 + 1 + 1);
        assertThat(ecr.registryRequests("HEAD", "/manifests/")).isZero();
    }

    @Test
    void an_archived_image_is_told_and_not_asked_for() {
        ecr.create("archive/app");
        ecr.push("archive/app", "old", Images.image(20, 10));
        ecr.archived.add(ecr.digests("archive/app").get("old"));

        try (RegistryConnection connection = connect()) {
            assertThat(artifacts(connection, "archive/app")).singleElement()
                .satisfies((artifact) -> assertThat(artifact.withheld()).contains("archived"));
        }
    }

    @Test
    void a_tag_that_may_not_change_is_refused_in_ecr_s_words() {
        this.settings.put("tag_mutability", "IMMUTABLE");

        try (RegistryConnection connection = connect()) {
            push(connection, "fixed/app", "v1", 25);
            assertThatExceptionOfType(RegistryFailure.class).isThrownBy(() -> push(connection, "fixed/app", "v1", 26))
                .withMessageContaining("the repository is immutable");
        }
        assertThat(ecr.digests("fixed/app").get("v1")).isEqualTo(Images.image(25, 10).digest().toString());
    }

    @Test
    void a_tag_is_deleted_and_the_image_goes_with_its_last_one() {
        ecr.create("delete/app");
        ecr.push("delete/app", "v1", Images.image(30, 10));
        ecr.push("delete/app", "v2", Images.image(30, 10));
        Digest digest = Images.image(30, 10).digest();

        try (RegistryConnection connection = connect()) {
            assertThat(delete(connection, "v1", digest)).isEmpty();
            assertThat(ecr.digests("delete/app")).containsOnlyKeys("v2");
            assertThat(delete(connection, "v1", digest)).isEmpty();
            assertThat(delete(connection, "v2", digest)).isEmpty();
            assertThat(ecr.digests("delete/app")).isEmpty();
        }
    }

    @Test
    void a_token_is_renewed_when_it_is_refused_and_asked_for_once_by_all() {
        try (RegistryConnection connection = connect()) {
            push(connection, "token/app", "v1", 40);
            int before = ecr.tokens.issued();
            ecr.tokens.endAll();
            IntStream.range(0, 30).parallel().forEach((i) -> push(connection, "token/app", "w" + i, 300 + i));
            assertThat(ecr.tokens.issued()).isEqualTo(before + 1);
        }
    }

    @Test
    void a_throttled_call_is_made_again_although_its_status_is_400() {
        ecr.create("slow/app");
        ecr.throttled.set(2);

        try (RegistryConnection connection = connect();
                Stream<String> names = connection.repositories(RepositoryQuery.ALL)) {
            assertThat(names).containsExactly("slow/app");
        }
        assertThat(ecr.operations).hasSize(3);
    }

    @Test
    void a_key_that_aws_does_not_know_is_told_without_its_secret() {
        Registry stranger = registry(new RegistryCredential("basic", Map.of("access_key", "AKIAUNKNOWN"),
                Map.of("access_secret", new Secret("canary-of-a-stranger"))));

        try (RegistryConnection connection = this.adapter.connect(stranger)) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(connection::check)
                .withMessageContaining("GetAuthorizationToken at 127.0.0.1")
                .withMessageContaining("UnrecognizedClientException")
                .withMessageNotContaining("canary");
        }
    }

    @Test
    void events_are_read_from_the_queue_and_taken_out_when_they_are_done() {
        this.settings.put("queue_url", ecr.queueUrl());
        ecr.create("events/app");
        IntStream.range(0, 12).forEach((i) -> ecr.push("events/app", "v" + i, Images.image(50, 10)));

        try (RegistryConnection connection = connect()) {
            EventPoll poll = connection.as(EventPoll.class);
            List<EventPoll.Told> first = poll.read(this.stop);
            assertThat(first).hasSize(10).allMatch((told) -> told.sender().equals("ecr"));
            assertThat(ecr.queue).hasSize(12);
            poll.done(first, this.stop);
            assertThat(ecr.queue).hasSize(2);

            assertThat(poll.read(this.stop)).hasSize(2);
            assertThat(poll.read(this.stop)).isEmpty();
            ecr.endVisibilityTimeout();
            assertThat(poll.read(this.stop)).hasSize(2);
        }
    }

    @Test
    void an_event_of_another_place_is_told_apart() {
        this.settings.put("queue_url", ecr.queueUrl());
        String event = "{\"source\":\"aws.ecr\",\"account\":\"%s\",\"region\":\"%s\"}";
        String other = event.formatted(EcrFront.ACCOUNT, "us-east-1");
        ecr.queue.put("own", event.formatted(EcrFront.ACCOUNT, "eu-central-1"));
        ecr.queue.put("region", other);
        ecr.queue.put("account", event.formatted("210987654321", "eu-central-1"));
        ecr.queue.put("notice", "{\"TopicArn\":\"arn\",\"Message\":\"%s\"}".formatted(other.replace("\"", "\\\"")));
        ecr.queue.put("no event", "?");

        try (RegistryConnection connection = connect()) {
            assertThat(connection.as(EventPoll.class).read(this.stop))
                .extracting(EventPoll.Told::receipt, EventPoll.Told::elsewhere)
                .containsExactlyInAnyOrder(tuple("own", ""), tuple("no event", ""),
                        tuple("region", "account 123456789012 in us-east-1"),
                        tuple("notice", "account 123456789012 in us-east-1"),
                        tuple("account", "account 210987654321 in eu-central-1"));
        }
    }

    @Test
    void an_image_that_an_index_lists_stays_in_ecr_s_words() {
        ecr.create("delete/index");
        ecr.push("delete/index", "listed", Images.image(31, 10));
        Digest digest = Images.image(31, 10).digest();
        ecr.listed.add(digest.toString());

        try (RegistryConnection connection = connect()) {
            assertThat(connection.as(ContentRegistry.class)
                .target("delete/index", this.stop)
                .delete("listed", digest, (_, _) -> false)).hasValueSatisfying(
                        (reason) -> assertThat(reason).contains("Requested image referenced by manifest list"));
        }
        assertThat(ecr.digests("delete/index")).containsKey("listed");
    }

    @Test
    void a_registry_without_a_queue_offers_none() {
        try (RegistryConnection connection = connect()) {
            assertThat(connection.find(EventPoll.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock = """
                    123456789012.dkr.ecr.us-east-1.amazonaws.com,            https://api.ecr.us-east-1.amazonaws.com
                    123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com,   https://api.ecr-fips.us-gov-west-1.amazonaws.com
                    123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn,        https://api.ecr.cn-north-1.amazonaws.com.cn
                    123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu,        https://api.ecr.eusc-de-east-1.amazonaws.eu
                    123456789012.dkr-ecr.us-east-1.on.aws,                   https://ecr.us-east-1.api.aws
                    123456789012.dkr-ecr-fips.us-east-1.on.aws,              https://ecr-fips.us-east-1.api.aws
                    123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn, https://ecr.cn-north-1.api.amazonwebservices.com.cn
                    """)
    void the_api_is_where_the_sdk_has_it(String host, URI api) {
        this.settings.clear();
        Registry registry = registry(URI.create("https://" + host), key());

        EcrPlace place = EcrPlace.of(registry);

        assertThat(place.api()).isEqualTo(api);
        assertThat(place.account()).isEqualTo("123456789012");
        assertThat(host).contains(place.region());
        this.adapter.info().check(registry);
    }

    @ParameterizedTest
    @CsvSource({ "https://123456789012.dkr.ecr.us-east-1.amazonaws.com.evil.example",
            "https://evil.example/123456789012.dkr.ecr.us-east-1.amazonaws.com", "https://ecr.example",
            "http://123456789012.dkr.ecr.us-east-1.amazonaws.com" })
    void a_token_of_aws_goes_to_no_other_host(URI url) {
        this.settings.clear();
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> this.adapter.info().check(registry(url, key())))
            .matches((refusal) -> refusal.field().equals("url"));
    }

    @Test
    void what_contradicts_itself_is_told_by_field() {
        refused("settings.mutability_exclusions", Map.of("tag_mutability", "MUTABLE_WITH_EXCLUSION"));
        refused("settings.mutability_exclusions", Map.of("mutability_exclusions", List.of("a*")));
        refused("settings.kms_key", Map.of("kms_key", "alias/a"));
        this.settings.remove("region");
        refused("settings.region", Map.of());
    }

    @Test
    void a_profile_is_used_only_if_the_operator_allows_it() {
        Registry registry = registry(new RegistryCredential("aws", Map.of("profile", "other"), Map.of()));
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> this.adapter.connect(registry))
            .matches((refusal) -> refusal.field().equals("credential.profile"))
            .withMessageContaining("DRAYAGE_AWS_PROFILES");
        this.adapter.connect(registry(new RegistryCredential("aws", Map.of("profile", "allowed"), Map.of()))).close();
    }

    private void refused(String field, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(this.settings);
        all.putAll(more);
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> this.adapter.connect(registry(URI.create(ecr.url()), key(), all)))
            .matches((refusal) -> refusal.field().equals(field));
    }

    private RegistryConnection connect() {
        return this.adapter.connect(registry(key()));
    }

    private static RegistryCredential key() {
        return RegistryCredential.basic(EcrFront.KEY, new Secret(EcrFront.SECRET));
    }

    private Registry registry(RegistryCredential credential) {
        return registry(URI.create(ecr.url()), credential);
    }

    private Registry registry(URI url, RegistryCredential credential) {
        return registry(url, credential, this.settings);
    }

    private static Registry registry(URI url, RegistryCredential credential, Map<String, Object> settings) {
        return new Registry(0, "ecr", "", "aws-ecr", url, false, credential, settings, null, null, 0,
                Bandwidth.UNLIMITED, null);
    }

    private void push(RegistryConnection connection, String repository, String tag, long seed) {
        Images.image(seed, 10).pushTo(connection.as(ContentRegistry.class).target(repository, this.stop), tag);
    }

    private List<Artifact> artifacts(RegistryConnection connection, String repository) {
        try (Stream<Artifact> artifacts = connection.as(ContentRegistry.class)
            .source(repository, this.stop)
            .artifacts()) {
            return artifacts.toList();
        }
    }

    private Optional<String> delete(RegistryConnection connection, String tag, Digest digest) {
        return connection.as(ContentRegistry.class)
            .target("delete/app", this.stop)
            .delete(tag, digest, (_, _) -> false);
    }

}
