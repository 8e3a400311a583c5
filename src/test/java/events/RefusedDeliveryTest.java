package events;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import replication.Refusal;
import replication.event.HookDelivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class RefusedDeliveryTest {

    @ParameterizedTest
    @MethodSource
    void what_is_no_JSON_object_is_refused(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> EventSenders.find(new HookDelivery(Map.of(), bytes)))
            .matches((refusal) -> refusal.field().equals("body"))
            .satisfies(RefusedDeliveryTest::isShort);
        assertThat(EventSenders.all()).noneMatch((sender) -> sender.recognises(new HookDelivery(Map.of(), bytes)));
    }

    static Stream<String> what_is_no_JSON_object_is_refused() {
        return Stream.of("", " ", "\u0000", "null", "7", "\"text\"", "[]", "[{}]", "{", "}", "{}{}", "{\"a\":}",
                "{'a':1}", "{\"a\":NaN}", "<xml/>", "payload=%7B%7D", "{\"a\":\"\u00ff\"}", "\u00fe\u00ff",
                "{\"a\":" + "[".repeat(100_000), "{\"a\":" + "9".repeat(100_000) + "}",
                "{\"a\":\"" + "x".repeat(2_000_000) + "\"}", "{\"" + "x".repeat(60_000) + "\":1}",
                "x".repeat(1_000_000));
    }

    /** What is put into a sample, and the field that is refused. */
    @ParameterizedTest(name = "{0} {1} = {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    harbor-default-push            | type                                | 7                | type
                    harbor-default-push            | occur_at                            | true             | occur_at
                    harbor-default-push            | occur_at                            | 1e999            | occur_at
                    harbor-default-push            | occur_at                            | 99999999999999999999 | occur_at
                    harbor-default-push            | event_data                          | []               | event_data
                    harbor-default-push            | event_data/resources                | {}               | event_data.resources
                    harbor-default-push            | event_data/resources/0              | "x"              | event_data.resources[0]
                    harbor-default-push            | event_data/resources/0/digest       | "sha256:zz"      | event_data.resources[0].digest
                    harbor-default-push            | event_data/resources/0/tag          | "a b"            | event_data.resources[0].tag
                    harbor-default-push            | event_data/resources/0              | {}               | event_data.resources[0].tag
                    harbor-default-push            | event_data/repository               | null             | event_data.repository
                    harbor-default-push            | event_data/repository/repo_full_name | "../etc"        | event_data.repository.repo_full_name
                    harbor-cloudevents-pushed      | id                                  | null             | id
                    harbor-cloudevents-pushed      | source                              | []               | source
                    harbor-cloudevents-pushed      | data                                | "x"              | data
                    distribution-2.8-push-manifest | events                              | null             | events
                    distribution-2.8-push-manifest | events/0                            | 1                | events[0]
                    distribution-2.8-push-manifest | events/0/id                         | {}               | events[0].id
                    distribution-2.8-push-manifest | events/0/action                     | ""               | events[0].action
                    distribution-2.8-push-manifest | events/0/target                     | "x"              | events[0].target
                    distribution-2.8-push-manifest | events/0/target/mediaType           | 1                | events[0].target.mediaType
                    distribution-2.8-push-manifest | events/0/target/repository          | "Lib/App"        | events[0].target.repository
                    distribution-2.8-push-manifest | events/0/target/repository          | "lib//app"       | events[0].target.repository
                    distribution-2.8-push-manifest | events/0/target/digest              | "sha256:ABCD"    | events[0].target.digest
                    distribution-2.8-push-manifest | events/0/target/digest              | "md5:00"         | events[0].target.digest
                    dockerhub-push                 | push_data/tag                       | ""               | push_data.tag
                    dockerhub-push                 | push_data/tag                       | ".hidden"        | push_data.tag
                    dockerhub-push                 | repository/repo_name                | 1                | repository.repo_name
                    quay-list                      | updated_tags                        | "1.0"            | updated_tags
                    quay-list                      | updated_tags/0                      | 1                | updated_tags[0]
                    quay-list                      | repository                          | "-app"           | repository
                    quay-map                       | updated_tags                        | {"a:b": "x"}     | updated_tags
                    github-package                 | package                             | null             | package
                    github-package                 | package/package_version             | []               | package.package_version
                    github-package                 | package/name                        | "a\\u0000"       | package.name
                    github-package                 | action                              | {}               | action
                    gitea-created                  | package                             | "x"              | package
                    gitea-created                  | package/owner                       | null             | package.owner.login
                    gitea-created                  | package/version                     | "../x"           | package.version
                    acr-push                       | target                              | null             | target
                    acr-push                       | target/repository                   | null             | target.repository
                    ecr-push                       | source                              | "aws.s3"         | source
                    ecr-push                       | detail                              | 1                | detail
                    ecr-push                       | detail/image-digest                 | "x"              | detail.image-digest
                    ecr-sns                        | Message                             | "no JSON"        | Message
                    ecr-sns                        | Message                             | {}               | Message
                    gcr-push                       | message/data                        | "%%%"            | message.data
                    gcr-push                       | message/data                        | "bm8="           | message.data
                    gcr-push                       | message/data                        | "e30="           | message.data.action
                    jfrog-pushed                   | data                                | null             | data
                    jfrog-pushed                   | data/sha256                         | "../x"           | data.sha256
                    jfrog-pushed                   | data/image_name                     | ""               | data.image_name
                    cloudevents-pushed             | id                                  | ""               | id
                    cloudevents-pushed             | data/repository                     | "a/b/"           | data.repository
                    cloudevents-binary             | repository                          | null             | repository
                    """)
    void a_wrong_value_is_refused_by_its_field(String file, String pointer, String value, String field)
            throws Exception {
        Sample sample = Sample.named(file);
        byte[] body = ExchangedValue.in(sample, pointer, value);
        String sender = EventSenders.find(sample.delivery()).identity();

        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> EventSenders.named(sender).read(sample.of(body), new RecordedRemarks()))
            .satisfies(RefusedDeliveryTest::isShort)
            .matches((refusal) -> refusal.field().equals(field), "is about " + field);
    }

    @ParameterizedTest
    @MethodSource
    void a_name_is_told_in_short(String name) {
        Sample sample = Sample.named("acr-push");
        sample.body().withObject("target").put("repository", name);

        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> EventSenders.named("acr").read(sample.delivery(), new RecordedRemarks()))
            .satisfies(RefusedDeliveryTest::isShort);
    }

    static Stream<Arguments> a_name_is_told_in_short() {
        return Stream.of(arguments("a".repeat(256)), arguments("a/".repeat(100_000) + "a"),
                arguments("x" + "-".repeat(500_000)), arguments("\u202e\n\r\u001b[31m".repeat(100)));
    }

    @Test
    void ten_thousand_events_are_read_and_one_more_is_too_many() {
        assertThat(EventSenders.named("distribution").read(tagged(10_000), new RecordedRemarks())).hasSize(10_000)
            .extracting((event) -> event.id())
            .doesNotHaveDuplicates();
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> EventSenders.named("distribution").read(tagged(10_001), new RecordedRemarks()))
            .withMessageContaining("10001");
    }

    private static HookDelivery tagged(int events) {
        String event = "{\"id\":\"same\",\"action\":\"delete\",\"target\":{\"repository\":\"lib/app\",\"tag\":\"1\"}}";
        return new HookDelivery(Map.of(),
                IntStream.range(0, events)
                    .mapToObj((_) -> event)
                    .collect(Collectors.joining(",", "{\"events\":[", "]}"))
                    .getBytes(StandardCharsets.UTF_8));
    }

    private static void isShort(Throwable refusal) {
        assertThat(refusal.getMessage()).hasSizeLessThan(260).matches("[\\x20-\\x7E…]*");
    }

}
