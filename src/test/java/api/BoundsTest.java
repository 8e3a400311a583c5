package api;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import api.execution.ReportRequest;
import api.notice.SubscriptionRequest;
import api.policy.PolicyRequest;
import api.registry.HookRequest;
import api.registry.RegistryRequest;
import fixtures.ListedRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import replication.Refusal;
import replication.access.Caller;
import replication.policy.Policy;
import replication.registry.Adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Every list and every text of a request has a bound, and what exceeds it is a 422. */
class BoundsTest {

    private static final String POLICY = "\"name\": \"p\", \"src_registry_id\": 1, \"dest_registry_id\": 2, ";

    private static final String REGISTRY = "\"name\": \"r\", \"registry_type\": \"oci\", \"url\": \"https://h\", ";

    private static final String SUBSCRIPTION = "\"name\": \"s\", \"type\": \"slack\", \"url\": \"https://h/x\", ";

    private static final String REPORT = "\"task_id\": 1, \"attempt\": 1, \"status\": \"failed\", ";

    static Stream<Arguments> texts() {
        return Stream.of(text("policy", "name", POLICY, "\"name\": \"%s\"", 255),
                text("policy", "description", POLICY, "\"description\": \"%s\"", 4096),
                text("policy", "dest_namespace", POLICY, "\"dest_namespace\": \"%s\"", 255),
                text("policy", "src_namespaces[1]", POLICY, "\"src_namespaces\": [\"b\", \"%s\"]", 255),
                text("policy", "filters[0].value", POLICY, "\"filters\": [{\"type\": \"name\", \"value\": \"%s\"}]",
                        1024),
                text("registry", "name", REGISTRY, "\"name\": \"%s\"", 255),
                text("registry", "description", REGISTRY, "\"description\": \"%s\"", 4096),
                text("registry", "url", REGISTRY, "\"url\": \"https://h/%s\"", 2038),
                text("registry", "credential.access_key", REGISTRY,
                        "\"credential\": {\"type\": \"basic\", \"access_key\": \"%s\"}", 1024),
                text("registry", "credential.access_secret", REGISTRY,
                        "\"credential\": {\"type\": \"oauth\", \"access_secret\": \"%s\"}", 32768),
                text("hook", "description", "", "\"description\": \"%s\"", 4096),
                text("hook", "proof.header", "",
                        "\"proof\": {\"type\": \"header\", \"header\": \"%s\", \"secret\": \"s\"}", 100),
                text("hook", "proof.secret", "",
                        "\"proof\": {\"type\": \"header\", \"header\": \"h\", \"secret\": \"%s\"}", 32768),
                text("subscription", "name", SUBSCRIPTION + "\"events\": [\"execution.failed\"], ", "\"name\": \"%s\"",
                        255),
                text("subscription", "url", SUBSCRIPTION + "\"events\": [\"execution.failed\"], ",
                        "\"url\": \"https://h/%s\"", 2038),
                text("report", "status_text", REPORT, "\"status_text\": \"%s\"", 4096),
                text("report", "artifacts[0].reference", REPORT,
                        "\"artifacts\": [{\"result\": \"failed\", \"reference\": \"%s\"}]", 255),
                text("report", "artifacts[0].digest", REPORT,
                        "\"artifacts\": [{\"result\": \"failed\", \"reference\": \"r\", \"digest\": \"%s\"}]", 255),
                text("report", "artifacts[0].reason", REPORT,
                        "\"artifacts\": [{\"result\": \"failed\", \"reference\": \"r\", \"reason\": \"%s\"}]", 4096));
    }

    /** Of a name that is given twice the first is taken out. */
    private static Arguments text(String kind, String field, String others, String format, int most) {
        String name = format.substring(0, format.indexOf(':'));
        String rest = others.replaceAll(name + ": [^,]*, ", "");
        Function<Integer, String> body = (length) -> "{" + rest + format.formatted("a".repeat(length)) + "}";
        return Arguments.of(kind, field, most, body);
    }

    static Stream<Arguments> lists() {
        return Stream.of(list("policy", "src_namespaces", POLICY, "\"a\"", 100),
                list("policy", "filters", POLICY, "{\"type\": \"name\", \"value\": \"a\"}", 100),
                list("policy", "triggers", POLICY,
                        "{\"type\": \"scheduled\", \"trigger_settings\": {\"cron\": \"* * * * * *\"}}", 32),
                list("policy", "triggers", POLICY, "{\"type\": \"event\"}", 32),
                list("subscription", "events", SUBSCRIPTION, "\"execution.failed\"", 32),
                list("report", "artifacts", REPORT, "{\"result\": \"failed\", \"reference\": \"r\"}", 5000));
    }

    private static Arguments list(String kind, String field, String others, String item, int most) {
        Function<Integer, String> body = (count) -> "{" + others + "\"" + field + "\": ["
                + String.join(",", Collections.nCopies(count, item)) + "]}";
        return Arguments.of(kind, field, most, body);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource({ "texts", "lists" })
    void what_has_the_most_is_taken_and_what_has_one_more_is_refused(String kind, String field, int most,
            Function<Integer, String> body) {
        assertThatNoException().isThrownBy(() -> read(kind, body.apply(most)));

        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> read(kind, body.apply(most + 1)))
            .matches((refusal) -> refusal.field().equals(field), field)
            .satisfies((refusal) -> assertThat(refusal.getMessage()).hasSizeLessThan(1_200));
    }

    static Stream<Arguments> slow() {
        return Stream.of(Arguments.of("a-".repeat(3_000)), Arguments.of("a-".repeat(120)),
                Arguments.of("a__".repeat(80)), Arguments.of("a/".repeat(120)), Arguments.of("0".repeat(250) + "!"),
                Arguments.of("a.".repeat(30) + "-"), Arguments.of("a" + "-".repeat(250) + "_"),
                Arguments.of("/".repeat(255)));
    }

    @ParameterizedTest
    @MethodSource("slow")
    void a_namespace_that_a_backtracking_expression_would_not_get_through_is_refused(String namespace) {
        for (String body : new String[] { "\"dest_namespace\": \"%s\"", "\"src_namespaces\": [\"%s\"]" }) {
            assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> read("policy", "{" + POLICY + body.formatted(namespace) + "}"))
                .withMessageContaining("namespace");
        }
    }

    @ParameterizedTest
    @MethodSource("absent")
    void a_list_with_nothing_in_a_place_is_refused_by_that_place(String kind, String field, String others) {
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> read(kind, "{" + others + "\"" + field + "\": [null]}"))
            .matches((refusal) -> refusal.field().startsWith(field + "[0]"), field);
    }

    static Stream<Arguments> absent() {
        return Stream.of(Arguments.of("policy", "src_namespaces", POLICY), Arguments.of("policy", "filters", POLICY),
                Arguments.of("policy", "triggers", POLICY), Arguments.of("subscription", "events", SUBSCRIPTION),
                Arguments.of("report", "artifacts", REPORT));
    }

    private static Object read(String kind, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return switch (kind) {
            case "policy" -> PolicyRequest.accept(RequestJson.read(bytes, Policy.class), 0, new Caller("ann"));
            case "registry" -> RequestJson.read(bytes, RegistryRequest.class)
                .toRegistry(0, new Adapters(List.of(new ListedRegistry())));
            case "hook" -> RequestJson.read(bytes, HookRequest.class).toHook(1, Set.of());
            case "subscription" -> RequestJson.read(bytes, SubscriptionRequest.class).toSubscription(0, null);
            case "report" -> RequestJson.read(bytes, ReportRequest.class).read(1);
            default -> throw new IllegalArgumentException(kind);
        };
    }

}
