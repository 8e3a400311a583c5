package notify;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replication.notice.Address;
import replication.notice.Event;
import replication.notice.Notice;
import replication.notice.OutgoingNotice;
import replication.notice.Target;

import static org.assertj.core.api.Assertions.assertThat;

/** What a registry wrote, as people get to see it. */
class MessagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Messages messages = new Messages(Clock.systemUTC(), "drayage@example.com");

    @ParameterizedTest
    @ValueSource(strings = { "<https://evil.example|your login has ended>",
            "[your login has ended](https://evil.example)", "<!channel> <@U123>", "![](https://evil.example/pixel)",
            "a\r\nFrom: b@example.com", "\u001b[31mred", "\u202egnp.exe" })
    void it_is_no_link_no_mention_and_no_line_of_its_own(String said) throws IOException {
        String slack = this.messages.webhook(letter(Target.Format.SLACK, said)).text();
        String section = JSON.readTree(slack).at("/blocks/0/text/text").asText();
        assertThat(section).doesNotContain("<", ">", "\r", "\u001b", "\u202e");
        assertThat(section.lines()).hasSize(2);
        assertThat(JSON.readTree(slack).at("/blocks/0/text/verbatim").asBoolean()).isTrue();

        JsonNode teams = JSON.readTree(this.messages.webhook(letter(Target.Format.TEAMS, said)).text());
        JsonNode text = teams.at("/attachments/0/content/body/1");
        assertThat(text.get("type").asText()).isEqualTo("RichTextBlock");
        assertThat(text.at("/inlines/0/type").asText()).isEqualTo("TextRun");
        assertThat(text.at("/inlines/0/text").asText()).doesNotContain("](", "\n", "\r", "\u001b", "\u202e");

        String mail = this.messages
            .mail(new OutgoingNotice(1, 1, "ops", new Target.Mail(List.of("a@example.com")), notice(said)))
            .text();
        assertThat(mail.lines().filter((line) -> line.startsWith("From:"))).isEmpty();
        assertThat(mail).doesNotContain("\r", "\u001b", "\u202e");
    }

    private static OutgoingNotice letter(Target.Format format, String said) {
        return new OutgoingNotice(1, 1, "ops", new Target.Webhook(format, Address.of("https://chat.example/x"), null),
                notice(said));
    }

    private static Notice notice(String said) {
        String data = JSON.createObjectNode()
            .put("policy_name", "nightly")
            .put("status", "failed")
            .put("status_text", said)
            .put("trigger", "manual")
            .toString();
        return new Notice("n1", Event.EXECUTION_FAILED, 1, 2, Instant.EPOCH, data);
    }

}
