package api.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import api.RequestJson;
import com.fasterxml.jackson.databind.JsonNode;
import fixtures.PolicyBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.Refusal;
import replication.policy.Policy;
import replication.policy.Trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a trigger may say of itself. */
class TriggerSettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            event     | "cron": "@daily"                             | cron
            event     | "cron": "@daily", "reconcile": "@daily"      | cron
            scheduled | "cron": "@daily", "reconcile": "@daily"      | reconcile
            manual    | "cron": "@daily"                             | cron
            manual    | "reconcile": "@daily"                        | reconcile
            manual    | "time_zone": "Europe/Berlin"                 | time_zone
            manual    | "misfire": "skip"                            | misfire
            manual    | "spread_seconds": 60                         | spread_seconds
            """)
    void a_setting_of_another_type_of_trigger_is_refused_by_its_name(String type, String settings, String field) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> read(type, settings))
            .matches((refusal) -> refusal.field().equals("triggers[0].trigger_settings." + field), field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            manual    | "cron": ""
            manual    | "cron": null, "spread_seconds": 0, "next_times": null
            event     | "cron": ""
            event     | "cron": "", "reconcile": "@daily"
            scheduled | "cron": "@daily", "reconcile": ""
            """)
    void empty_settings_are_let_pass_as_Harbor_sends_them(String type, String settings) {
        assertThat(read(type, settings).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = { "cron", "reconcile" })
    void the_next_five_times_are_shown(String name) {
        Trigger trigger = read(name.equals("cron") ? "scheduled" : "event",
                "\"" + name + "\": \"0 1 * * *\", \"time_zone\": \"Europe/Berlin\", \"spread_seconds\": 60");

        assertThat(shown(trigger, "2026-10-23T12:00:00Z").at("/trigger_settings/next_times").valueStream())
            .extracting(JsonNode::asText)
            .containsExactly("2026-10-23T23:00:00Z", "2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z",
                    "2026-10-27T00:00:00Z", "2026-10-28T00:00:00Z");
    }

    @Test
    void a_manual_trigger_shows_no_settings() {
        assertThat(shown(new Trigger.Manual(), "1970-01-01T00:00:00Z").get("trigger_settings").isNull()).isTrue();
    }

    private static JsonNode shown(Trigger trigger, String now) {
        return PolicyApi.view(PolicyBuilder.between(1, 2).triggers(List.of(trigger)).build(), Instant.parse(now))
            .at("/triggers/0");
    }

    private static Trigger read(String type, String settings) {
        return RequestJson
            .read("{\"triggers\": [{\"type\": \"%s\", \"trigger_settings\": {%s}}]}".formatted(type, settings)
                .getBytes(StandardCharsets.UTF_8), Policy.class)
            .triggers()
            .getFirst();
    }

}
