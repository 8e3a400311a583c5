package events;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import replication.Refusal;
import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.Sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventSendersTest {

    /** Digests by their first eight digits. */
    private static final String TABLE = """
            acr-chart-push                   | acr          |
            acr-delete                       | acr          | DELETE app @a1a1a1a1
            acr-ping                         | acr          |
            acr-push                         | acr          | PUSH app :1.0 @a1a1a1a1
            acr-quarantine                   | acr          |
            cloudevents-azure-chart-push     | cloudevents  |
            cloudevents-azure-delete         | cloudevents  | DELETE app @a1a1a1a1
            cloudevents-azure-push           | cloudevents  | PUSH app :1.0 @a1a1a1a1
            cloudevents-binary               | cloudevents  | PUSH lib/app :1.0 @a1a1a1a1
            cloudevents-deleted              | cloudevents  | DELETE lib/app :1.0 @a1a1a1a1
            cloudevents-pushed               | cloudevents  | PUSH lib/app :1.0 @a1a1a1a1
            cloudevents-scanned              | cloudevents  |
            distribution-2.8-delete-manifest | distribution | DELETE lib/app2 @531fc448
            distribution-2.8-delete-manifest-tag | distribution | DELETE lib/app2 :1.0
            distribution-2.8-mount-blob      | distribution |
            distribution-2.8-pull-manifest   | distribution |
            distribution-2.8-push-blob       | distribution |
            distribution-2.8-push-manifest   | distribution | PUSH lib/app :1.0 @531fc448
            distribution-3.1-delete-manifest | distribution | DELETE lib/app2 @531fc448
            distribution-3.1-delete-manifest-tag | distribution | DELETE lib/app2 :1.0
            distribution-3.1-mount-blob      | distribution |
            distribution-3.1-pull-manifest   | distribution |
            distribution-3.1-push-blob       | distribution |
            distribution-3.1-push-manifest   | distribution | PUSH lib/app :1.0 @531fc448
            distribution-several             | distribution | PUSH lib/app @a1a1a1a1, PUSH lib/app :1.0 @a1a1a1a1, DELETE lib/app @b2b2b2b2
            dockerhub-official               | dockerhub    | PUSH library/alpine :3
            dockerhub-push                   | dockerhub    | PUSH me/app :1.0
            ecr-delete                       | ecr          | DELETE app @a1a1a1a1
            ecr-failure                      | ecr          |
            ecr-push                         | ecr          | PUSH team/app :1.0 @a1a1a1a1
            ecr-scan                         | ecr          |
            ecr-sns                          | ecr          | PUSH team/app :1.0 @a1a1a1a1
            ecr-sns-confirmation             | ecr          |
            gcr-delete-tag                   | gcr          | DELETE p/r/app :1.0
            gcr-push                         | gcr          | PUSH p/r/app :1.0 @a1a1a1a1
            gcr-push-untagged                | gcr          | PUSH p/app @a1a1a1a1
            gitea-created                    | gitea        | PUSH team/ev :v1
            gitea-deleted                    | gitea        | DELETE team/ev :v1
            gitea-npm                        | gitea        |
            gitea-untagged                   | gitea        | PUSH team/deep/er/ev @a1a1a1a1
            github-deleted                   | github       | DELETE org/app :1.0 @a1a1a1a1
            github-npm                       | github       |
            github-package                   | github       | PUSH org/app :1.0 @a1a1a1a1
            github-ping                      | github       |
            github-registry-package          | github       | PUSH org/app @a1a1a1a1
            harbor-cloudevents-deleted       | harbor       | DELETE hooks/app :1.0 @531fc448
            harbor-cloudevents-deleted-2     | harbor       | DELETE hooks/app :sha256-531fc44830e6e6fbe20d4275ab490d47adc5671a4f9d65a119b63e30942b3b03.sig @7ec6bf82
            harbor-cloudevents-pulled        | harbor       |
            harbor-cloudevents-pulled-2      | harbor       |
            harbor-cloudevents-pushed        | harbor       | PUSH hooks/app :1.0 @531fc448
            harbor-cloudevents-pushed-2      | harbor       | PUSH hooks/app :latest @531fc448
            harbor-default-delete            | harbor       | DELETE hooks/app :1.0 @531fc448
            harbor-default-delete-2          | harbor       | DELETE hooks/app :sha256-531fc44830e6e6fbe20d4275ab490d47adc5671a4f9d65a119b63e30942b3b03.sig @7ec6bf82
            harbor-default-pull              | harbor       |
            harbor-default-pull-2            | harbor       |
            harbor-default-push              | harbor       | PUSH hooks/app :1.0 @531fc448
            harbor-default-push-2            | harbor       | PUSH hooks/app :latest @531fc448
            harbor-default-scanned           | harbor       |
            harbor-default-two-resources     | harbor       | DELETE lib/app :1.0 @a1a1a1a1, DELETE lib/app :1.1 @a1a1a1a1
            harbor-default-untagged          | harbor       | PUSH lib/app @a1a1a1a1
            jfrog-artifact                   | jfrog        |
            jfrog-deleted                    | jfrog        | DELETE docker-local/team/app :1.0 @a1a1a1a1, DELETE team/app :1.0 @a1a1a1a1
            jfrog-promoted                   | jfrog        | PUSH docker-local/team/app :1.0 @a1a1a1a1, PUSH team/app :1.0 @a1a1a1a1
            jfrog-pushed                     | jfrog        | PUSH docker-local/team/app :1.0 @a1a1a1a1, PUSH team/app :1.0 @a1a1a1a1
            plain-delete                     | plain        | DELETE lib/app @a1a1a1a1
            plain-push                       | plain        | PUSH lib/app :v1
            quay-list                        | quay         | PUSH org/app :1.0, PUSH org/app :latest
            quay-map                         | quay         | PUSH org/app :1.0
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = TABLE, delimiter = '|', maxCharsPerColumn = 1_000)
    void a_delivery_is_known_and_understood(String file, String sender, @Nullable String events) {
        HookDelivery delivery = Sample.named(file).delivery();

        Sender found = EventSenders.find(delivery);

        assertThat(found.identity()).isEqualTo(sender);
        assertThat(told(found, delivery)).isEqualTo((events != null) ? events : "");
    }

    @Test
    void every_sample_is_in_the_table() {
        assertThat(TABLE.lines().map((line) -> line.split("\\|", 2)[0].strip()))
            .containsExactlyInAnyOrderElementsOf(Sample.all().stream().map(Sample::name).toList());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void no_delivery_is_recognised_by_two(Sample sample) {
        assertThat(EventSenders.all()).filteredOn((sender) -> sender.recognises(sample.delivery())).hasSize(1);
    }

    @Test
    void ids_are_unique_among_all_samples() {
        Map<String, String> owners = new HashMap<>();
        for (Sample sample : Sample.all()) {
            for (RegistryEvent event : EventSenders.find(sample.delivery())
                .read(sample.delivery(), new RecordedRemarks())) {
                assertThat(event.id()).hasSizeBetween(1, 256);
                assertThat(owners.put(event.id(), sample.name())).as(sample.name()).isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("timed")
    void an_event_keeps_its_id_when_it_is_sent_again(Sample sample) {
        Sender sender = EventSenders.find(sample.delivery());

        assertThat(sender.read(sample.delivery(), new RecordedRemarks()))
            .isEqualTo(sender.read(sample.delivery(), new RecordedRemarks()));
    }

    @ParameterizedTest
    @CsvSource({ "quay-list", "quay-map", "jfrog-pushed" })
    void where_no_time_is_told_a_second_push_is_not_taken_for_the_first(String file) {
        HookDelivery delivery = Sample.named(file).delivery();
        Sender sender = EventSenders.find(delivery);

        assertThat(sender.read(delivery, new RecordedRemarks())).extracting(RegistryEvent::id)
            .doesNotContainAnyElementsOf(
                    sender.read(delivery, new RecordedRemarks()).stream().map(RegistryEvent::id).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            distribution-2.8-push-manifest | a23d5966-80d7-432a-9f1f-403627e58449
            harbor-cloudevents-pushed      | /projects/23/webhook/policies/2 724548da-dac4-460b-a574-f70b3d42e950
            cloudevents-binary             | /ci 4
            ecr-push                       | b1
            ecr-sns                        | b5
            gcr-push                       | 101
            acr-push                       | w1
            """)
    void the_senders_own_id_is_kept(String file, String id) {
        HookDelivery delivery = Sample.named(file).delivery();

        assertThat(EventSenders.find(delivery).read(delivery, new RecordedRemarks())).extracting(RegistryEvent::id)
            .containsExactly(id);
    }

    @ParameterizedTest
    @MethodSource("oddIds")
    void an_id_that_no_database_takes_is_hashed(String odd) {
        Sample sample = Sample.named("acr-push");
        sample.body().put("id", odd);

        assertThat(EventSenders.named("acr").read(sample.delivery(), new RecordedRemarks()))
            .extracting(RegistryEvent::id)
            .allSatisfy((id) -> assertThat(id).matches("[0-9a-f]{64}"));
    }

    @Test
    void a_later_push_of_a_tag_has_another_id() {
        Sample sample = Sample.named("dockerhub-push");
        String first = EventSenders.named("dockerhub").read(sample.delivery(), new RecordedRemarks()).getFirst().id();
        sample.body().withObject("push_data").put("pushed_at", 1417566162);

        assertThat(EventSenders.named("dockerhub").read(sample.delivery(), new RecordedRemarks()).getFirst().id())
            .isNotEqualTo(first);
    }

    @Test
    void an_event_of_github_is_known_by_what_its_signature_covers() {
        Sample sample = Sample.named("github-package");
        Map<String, String> captured = new HashMap<>(sample.headers());
        captured.put("X-GitHub-Delivery", "another");
        Sender github = EventSenders.named("github");
        List<RegistryEvent> first = github.read(sample.delivery(), new RecordedRemarks());

        assertThat(github.read(new HookDelivery(captured, sample.bytes()), new RecordedRemarks())).isEqualTo(first);
        sample.body().withObject("package").put("updated_at", "2026-01-01T00:00:09Z");
        assertThat(github.read(sample.delivery(), new RecordedRemarks()).getFirst().id())
            .isNotEqualTo(first.getFirst().id());
    }

    @Test
    void a_package_of_github_without_a_version_tells_nothing() {
        Sample sample = Sample.named("github-package");
        sample.body().withObject("package").putNull("package_version");

        assertThat(EventSenders.named("github").read(sample.delivery(), new RecordedRemarks())).isEmpty();
    }

    @Test
    void a_form_is_read_by_its_payload() {
        Sample sample = Sample.named("github-package");
        Map<String, String> headers = new HashMap<>(sample.headers());
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        String payload = "payload=" + URLEncoder.encode(sample.body().toString(), StandardCharsets.UTF_8);
        for (String body : List.of(payload, "a=b&" + payload, payload + "&a=b", sample.body().toString())) {
            HookDelivery form = new HookDelivery(headers, body.getBytes(StandardCharsets.UTF_8));
            assertThat(told(EventSenders.find(form), form)).isEqualTo("PUSH org/app :1.0 @a1a1a1a1");
        }
        assertThatThrownBy(
                () -> EventSenders.find(new HookDelivery(headers, "payload=%7".getBytes(StandardCharsets.UTF_8))))
            .isInstanceOf(Refusal.Invalid.class)
            .hasMessageContaining("payload");
    }

    @Test
    void an_event_that_cannot_be_read_does_not_hold_up_those_beside_it() throws Exception {
        Sample sample = Sample.named("distribution-several");
        List<RegistryEvent> all = EventSenders.named("distribution").read(sample.delivery(), new RecordedRemarks());
        ((ArrayNode) sample.body().get("events")).insert(1, Sample.JSON
            .readTree("{\"id\": \"bad\", \"action\": \"delete\", \"target\": {\"repository\": \"../x\"}}"));
        RecordedRemarks said = new RecordedRemarks();

        assertThat(EventSenders.named("distribution").read(sample.delivery(), said)).isEqualTo(all);
        assertThat(said.lines).singleElement(InstanceOfAssertFactories.STRING)
            .startsWith("1 of ")
            .contains("events[1].target");
    }

    @Test
    void gitlab_speaks_as_distribution_does() {
        HookDelivery delivery = Sample.named("distribution-several").delivery();

        assertThat(EventSenders.named("gitlab").read(delivery, new RecordedRemarks()))
            .isEqualTo(EventSenders.named("distribution").read(delivery, new RecordedRemarks()));
    }

    @Test
    void a_subscription_of_sns_is_taken_and_says_how_to_confirm_it() {
        Sample sample = Sample.named("ecr-sns-confirmation");
        String token = "2336412f37fb687f5d51e6e2425f".repeat(10);
        sample.body().put("Token", token);
        RecordedRemarks said = new RecordedRemarks();

        assertThat(EventSenders.find(sample.delivery()).read(sample.delivery(), said)).isEmpty();
        assertThat(said.lines).singleElement(InstanceOfAssertFactories.STRING)
            .contains("aws sns confirm-subscription --topic-arn 'arn:aws:sns:eu-west-1:123456789012:images' --token '"
                    + token + "' --region 'eu-west-1'")
            .doesNotContain("sns.example");
    }

    @ParameterizedTest
    @CsvSource({ "Token, a'; rm -rf ~; '", "Token, --no", "TopicArn, arn:aws:sns:eu-west-1:123456789012:$(id)",
            "TopicArn, arn:aws:sqs:eu-west-1:123456789012:images" })
    void nothing_odd_of_a_subscription_is_told_to_be_pasted_into_a_shell(String field, String odd) {
        Sample sample = Sample.named("ecr-sns-confirmation");
        sample.body().put(field, odd);
        RecordedRemarks said = new RecordedRemarks();

        assertThatThrownBy(() -> EventSenders.named("ecr").read(sample.delivery(), said))
            .isInstanceOf(Refusal.Invalid.class)
            .hasMessageStartingWith(field);
        assertThat(said.lines).isEmpty();
    }

    @Test
    void what_nobody_recognises_is_answered_with_those_that_there_are() {
        assertThatThrownBy(
                () -> EventSenders.find(new HookDelivery(Map.of(), "{\"hello\":1}".getBytes(StandardCharsets.UTF_8))))
            .isInstanceOf(Refusal.Invalid.class)
            .hasMessageContaining(
                    "harbor, distribution, gitlab, dockerhub, quay, github, gitea, acr, ecr, gcr, jfrog, cloudevents");
        assertThatThrownBy(() -> EventSenders.named("nexus")).isInstanceOf(Refusal.Invalid.class)
            .hasMessageContaining("\"nexus\"")
            .hasMessageContaining("harbor");
    }

    static List<Sample> samples() {
        return Sample.all();
    }

    static Stream<Sample> timed() {
        return Sample.all()
            .stream()
            .filter((sample) -> !sample.name().startsWith("quay") && !sample.name().startsWith("jfrog"));
    }

    static Stream<String> oddIds() {
        return Stream.of("x".repeat(257), "a\u0000b", "é", "\ud83d\ude00");
    }

    private static String told(Sender sender, HookDelivery delivery) {
        return sender.read(delivery, new RecordedRemarks())
            .stream()
            .map(EventSendersTest::told)
            .collect(Collectors.joining(", "));
    }

    private static String told(RegistryEvent event) {
        String digest = event.digest();
        return event.kind() + " " + event.repository() + ((event.tag() != null) ? " :" + event.tag() : "")
                + ((digest != null) ? " @" + digest.substring("sha256:".length(), "sha256:".length() + 8) : "");
    }

}
