package routes;

import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import app.jobs.DatabaseWatch;
import fixtures.MemoryDeliveries;
import notify.Messages;
import notify.ReceiverAnswer;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointInject;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import replication.execution.state.RetryPlan;
import replication.notice.Address;
import replication.notice.Event;
import replication.notice.Notice;
import replication.notice.NoticeSender;
import replication.notice.OutgoingNotice;
import replication.notice.Target;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The routes {@code deliver} and {@code deliver-*} as the application wires them; only
 * the receiver and the mail server are replaced.
 */
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(classes = DeliverRoutesTest.Wiring.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "camel.main.routes-include-pattern=classpath:camel/errors.camel.yaml")
@SuppressWarnings("NullAway.Init")
class DeliverRoutesTest {

    private static final Target WEBHOOK = new Target.Webhook(Target.Format.CLOUDEVENTS,
            Address.of("https://hooks.example/T0/secret"), null);

    @Autowired
    private CamelContext camel;

    @Autowired
    private ProducerTemplate producer;

    @Autowired
    private MemoryDeliveries deliveries;

    @EndpointInject("mock:receiver")
    private MockEndpoint receiver;

    @EndpointInject("mock:mail")
    private MockEndpoint mail;

    @EndpointInject("mock:own")
    private MockEndpoint own;

    @BeforeEach
    void start() throws Exception {
        if (!this.camel.isStarted()) {
            AdviceWith.adviceWith(this.camel, "deliver-webhook",
                    (advice) -> advice.weaveById("post-webhook").replace().to("mock:receiver"));
            AdviceWith.adviceWith(this.camel, "deliver-mail",
                    (advice) -> advice.weaveById("send-mail").replace().to("mock:mail"));
            this.camel.start();
        }
        MockEndpoint.resetMocks(this.camel);
        this.deliveries.clear();
    }

    @Test
    void a_webhook_leaves_with_the_headers_of_its_message_alone() throws Exception {
        answers(204);
        this.receiver.expectedMessageCount(1);

        deliver(WEBHOOK);

        this.receiver.assertIsSatisfied();
        Map<String, Object> headers = this.receiver.getExchanges().getFirst().getMessage().getHeaders();
        assertThat(headers).containsEntry(Exchange.HTTP_URI, "https://hooks.example/T0/secret")
            .containsEntry("webhook-id", "n1")
            .containsEntry("webhook-timestamp", "1764000000")
            .doesNotContainKey("firedTime");
        assertThat(this.deliveries.delivered).containsExactly(7L);
        assertThat(this.deliveries.claims).as("what has arrived makes room for the next").hasValue(1);
    }

    @Test
    void an_answer_that_is_no_success_is_written_down_without_the_url() {
        answers(302);

        deliver(WEBHOOK);

        assertThat(this.deliveries.failed)
            .containsExactly(Map.entry(7L, "the receiver answered 302, and redirects are not followed"));
        assertThat(this.deliveries.claims).hasValue(0);
    }

    @Test
    void a_receiver_that_cannot_be_reached_is_written_down_in_words() {
        this.receiver.whenAnyExchangeReceived((_) -> {
            throw new ConnectException("hooks.example/T0/secret: connection refused");
        });

        deliver(WEBHOOK);

        assertThat(this.deliveries.failed).containsExactly(Map.entry(7L, "it refuses connections"));
    }

    @Test
    void mail_leaves_with_the_headers_of_its_message_alone() throws Exception {
        this.mail.expectedMessageCount(1);

        deliver(new Target.Mail(List.of("a@example.com", "b@example.com")));

        this.mail.assertIsSatisfied();
        assertThat(this.mail.getExchanges().getFirst().getMessage().getHeaders())
            .containsOnlyKeys("From", "To", "Subject", "Message-ID")
            .containsEntry("To", "a@example.com,b@example.com");
        assertThat(this.deliveries.delivered).containsExactly(7L);
    }

    @Test
    void an_own_route_takes_the_event() throws Exception {
        this.own.expectedMessageCount(1);

        deliver(new Target.OwnRoute("audit"));

        this.own.assertIsSatisfied();
        assertThat(this.own.getExchanges().getFirst().getMessage().getHeaders())
            .containsExactly(Map.entry(Exchange.CONTENT_TYPE, "application/cloudevents+json"));
        assertThat(this.deliveries.delivered).containsExactly(7L);
    }

    @Test
    void an_own_route_that_fails_or_is_not_there_is_written_down_with_its_reason() {
        this.own.whenAnyExchangeReceived((_) -> {
            throw new IllegalStateException("the disk is full");
        });
        deliver(new Target.OwnRoute("audit"));
        deliver(new Target.OwnRoute("other"));

        assertThat(this.deliveries.failed).containsExactly(
                Map.entry(7L, "the operator's route failed: the disk is full"),
                Map.entry(7L, "no own route listens at direct:notice-other on this node"));
    }

    private void answers(int status) {
        this.receiver.whenAnyExchangeReceived(
                (exchange) -> exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status));
    }

    private void deliver(Target target) {
        Notice notice = new Notice("n1", Event.EXECUTION_FAILED, 1, 2, Instant.EPOCH, "{}");
        this.producer.sendBodyAndHeader("direct:deliver", new OutgoingNotice(7, 1, "ops", target, notice), "firedTime",
                Instant.EPOCH);
    }

    /** The routes and their beans, with an outbox in memory. */
    @ImportAutoConfiguration(CamelAutoConfiguration.class)
    @Import({ NotifyRoute.class, DeliverRoutes.class })
    static class Wiring {

        @Bean
        MemoryDeliveries deliveries() {
            return new MemoryDeliveries();
        }

        @Bean
        NoticeSender noticeSender(MemoryDeliveries deliveries) {
            return new NoticeSender(deliveries,
                    new RetryPlan(Integer.MAX_VALUE, Duration.ofSeconds(1), Duration.ofMinutes(1)), 4);
        }

        @Bean
        Messages messages() {
            return new Messages(Clock.fixed(Instant.ofEpochSecond(1_764_000_000), ZoneOffset.UTC),
                    "drayage@example.com");
        }

        @Bean
        ReceiverAnswer receiverAnswer() {
            return new ReceiverAnswer();
        }

        @Bean
        DatabaseWatch databaseWatch() {
            return new DatabaseWatch(Clock.systemUTC());
        }

        @Bean
        RouteBuilder ownRoute() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:notice-audit").errorHandler(noErrorHandler()).to("mock:own");
                }
            };
        }

    }

}
