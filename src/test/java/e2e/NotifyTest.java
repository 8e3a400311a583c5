package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Receiver;
import fixtures.Receiver.Request;
import fixtures.Site;
import jakarta.mail.Header;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What subscribers of the real process are told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotifyTest {

    private static final String SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final List<String> ALL = List.of("execution.started", "execution.finished", "execution.failed",
            "policy.failing", "policy.recovered");

    /**
     * {@code -Ddrayage.notify.outage=60s} makes it as long as a restart of a receiver.
     */
    private static final Duration OUTAGE = Duration.parse("PT" + System.getProperty("drayage.notify.outage", "6s"));

    /** What any client of HTTP sends. */
    private static final List<String> OF_HTTP = List.of("Host", "Connection", "User-agent", "Content-length",
            "Transfer-encoding");

    private static final Duration FEW_SECONDS = Duration.ofSeconds(30);

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

    private final Site source = Site.start();

    private final DrayageProcess drayage;

    private final Api api;

    private final long policy;

    NotifyTest(@TempDir Path home) {
        this.mail.start();
        this.drayage = DrayageProcess.start(home,
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                        "DRAYAGE_TRANSFER_ATTEMPTS", "1", "DRAYAGE_MAIL_HOST", "127.0.0.1", "DRAYAGE_MAIL_PORT",
                        String.valueOf(this.mail.getSmtp().getPort()), "DRAYAGE_MAIL_TLS", "none", "DRAYAGE_MAIL_FROM",
                        "drayage@example.com", "DRAYAGE_NOTIFY_PAUSE", "200ms", "DRAYAGE_NOTIFY_MOST", "2s"));
        this.api = this.drayage.api();
        this.source.push("lib/app", "v1", Images.image(1, 1000));
        long from = this.api.create("/api/registries", source(this.source.url()));
        long to = this.api.create("/api/registries",
                Map.of("name", "there", "registry_type", "layout", "url", "layout:there"));
        this.policy = this.api.create("/api/replication/policies",
                Map.of("name", "nightly", "src_registry_id", from, "dest_registry_id", to));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.source.close();
        this.mail.stop();
    }

    private static Map<String, Object> source(String url) {
        return Map.of("name", "here", "registry_type", "oci", "url", url, "force", true);
    }

    private String subscribe(String name, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "events", ALL));
        body.putAll(more);
        return "/api/subscriptions/" + this.api.create("/api/subscriptions", body);
    }

    private void succeeds() {
        this.api.put("/api/registries/1", source(this.source.url())).expect(200);
        assertThat(this.api.run(this.policy).get("status").asText()).isEqualTo("succeeded");
    }

    private void fails() {
        this.api.put("/api/registries/1", source("http://127.0.0.1:1")).expect(200);
        assertThat(this.api.run(this.policy).get("status").asText()).isEqualTo("failed");
    }

    @Test
    void a_receiver_that_fails_for_a_while_gets_every_notice_signed_with_stable_ids_and_in_order() {
        Receiver failing = Receiver.start();
        failing.answer(503);
        String subscription = subscribe("ops", Map.of("policy_id", this.policy, "type", "cloudevents", "url",
                failing.url() + "/hidden-word?key=hidden-word", "secret", SECRET));
        succeeds();
        fails();
        succeeds();
        Awaitility.await("some attempts").until(() -> failing.requests().size() > 2);
        failing.close();
        Awaitility.await("it is away for a while").during(OUTAGE).atMost(OUTAGE.multipliedBy(2)).until(() -> true);
        JsonNode waiting = this.api.get(subscription + "/deliveries?state=waiting").expect(200).json();
        assertThat(waiting).hasSize(9);
        assertThat(waiting.get(0).get("error").asText()).isEqualTo("it refuses connections");

        try (Receiver back = Receiver.start(failing.port())) {
            Awaitility.await("all have come").atMost(FEW_SECONDS).until(() -> back.accepted().size() >= 9);
            assertThat(back.accepted().stream().map((request) -> request.json().get("type").asText()).distinct())
                .hasSize(5);
            assertThat(back.accepted().stream().map((request) -> request.json().get("type").asText())).containsExactly(
                    "io.drayage.execution.started", "io.drayage.execution.finished", "io.drayage.execution.started",
                    "io.drayage.execution.finished", "io.drayage.execution.failed", "io.drayage.policy.failing",
                    "io.drayage.execution.started", "io.drayage.execution.finished", "io.drayage.policy.recovered");
            assertThat(back.accepted().stream().map(Request::id)).doesNotHaveDuplicates();
            assertThat(failing.requests().stream().map(Request::id).distinct()).as("the same id at every attempt")
                .containsExactly(back.accepted().getFirst().id());
            assertThat(Stream.concat(failing.requests().stream(), back.requests().stream()))
                .allMatch((request) -> request.signedWith(SECRET))
                .noneMatch((request) -> request.signedWith(SECRET.replace('M', 'N')));
            Request failed = back.accepted().get(4);
            assertThat(failed.contentType()).startsWith("application/cloudevents+json");
            assertThat(failed.path()).isEqualTo("/hidden-word?key=hidden-word");
            JsonNode event = failed.json();
            assertThat(event.get("specversion").asText()).isEqualTo("1.0");
            assertThat(event.get("id").asText()).isEqualTo(failed.id());
            assertThat(event.get("source").asText()).isEqualTo("/drayage/policies/" + this.policy);
            assertThat(event.at("/data/status").asText()).isEqualTo("failed");
            assertThat(event.at("/data/status_text").asText()).isNotEmpty();
            assertThat(event.at("/data/policy_name").asText()).isEqualTo("nightly");
        }
        Awaitility.await("all is written down")
            .until(() -> this.api.get(subscription + "/deliveries?state=delivered").expect(200).json().size() == 9);
        assertThat(this.api.get(subscription).body()).doesNotContain("hidden-word", SECRET).contains("/***");
        assertThat(this.drayage.log()).contains("notify ops of execution.started")
            .doesNotContain("hidden-word", "MfKQ9");
    }

    @Test
    void slack_and_teams_get_bodies_of_their_own_and_redirects_are_not_followed() {
        try (Receiver slack = Receiver.start(); Receiver teams = Receiver.start(); Receiver moved = Receiver.start()) {
            moved.answer(302);
            subscribe("slack", Map.of("type", "slack", "url", slack.url() + "/services/x"));
            subscribe("teams", Map.of("type", "teams", "url", teams.url() + "/workflows/x"));
            String elsewhere = subscribe("moved", Map.of("type", "slack", "url", moved.url() + "/x"));
            fails();
            Awaitility.await().until(() -> slack.accepted().size() >= 3 && teams.accepted().size() >= 3);
            assertThat(slack.accepted().getFirst().json().get("text").asText())
                .endsWith("of policy nightly has started");
            JsonNode failed = slack.accepted().get(2).json();
            assertThat(failed.at("/blocks/0/text/text").asText()).contains("*Execution ", "has failed*\n");
            assertThat(teams.accepted().get(2).json().at("/attachments/0/content/body/0/text").asText())
                .endsWith("of policy nightly has failed");
            assertThat(slack.accepted().getFirst().signature()).isEmpty();
            assertThat(slack.accepted()).allSatisfy((notice) -> assertThat(notice.headers()).isSubsetOf(
                    Stream.concat(OF_HTTP.stream(), Stream.of("Content-type", "Webhook-id", "Webhook-timestamp"))
                        .toList()));
            Awaitility.await().until(() -> moved.requests().size() >= 2);
            assertThat(moved.requests()).allMatch((request) -> request.path().equals("/x"));
            assertThat(this.api.get(elsewhere + "/deliveries").expect(200).json().get(0).get("error").asText())
                .isEqualTo("the receiver answered 302, and redirects are not followed");
        }
    }

    @Test
    void mail_comes_with_a_stable_id_and_the_reason() throws Exception {
        String subscription = subscribe("mail", Map.of("type", "email", "to",
                List.of("ann@example.com", "bob@example.com"), "events", List.of("execution.failed")));
        fails();
        Awaitility.await("mail comes").atMost(FEW_SECONDS).until(() -> this.mail.getReceivedMessages().length > 0);
        MimeMessage message = this.mail.getReceivedMessages()[0];
        assertThat(message.getSubject()).startsWith("[Drayage] Execution ").endsWith("of policy nightly has failed");
        assertThat(message.getFrom()[0]).hasToString("drayage@example.com");
        assertThat(Collections.list(message.getAllHeaders()).stream().map(Header::getName)).containsExactlyInAnyOrder(
                "Return-Path", "Received", "Date", "From", "To", "Message-ID", "Subject", "MIME-Version",
                "Content-Type", "Content-Transfer-Encoding");
        assertThat(GreenMailUtil.getBody(message)).contains("Policy:    nightly", "manual, failed");
        JsonNode delivery = this.api.get(subscription + "/deliveries").expect(200).json().get(0);
        assertThat(message.getMessageID()).isEqualTo("<" + delivery.get("notice_id").asText() + "@drayage>");
    }

}
