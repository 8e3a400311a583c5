package notify;

import java.time.Clock;
import java.util.List;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.jspecify.annotations.Nullable;
import replication.notice.Address;
import replication.notice.Notice;
import replication.notice.OutgoingNotice;
import replication.notice.SigningKey;
import replication.notice.Target;

/** Turns notices into messages for their receivers. */
public final class Messages {

    private static final String JSON = "application/json; charset=UTF-8";

    /** The text is {@code verbatim}, so that an address in it does not become a link. */
    private static final Template SLACK = Template.of("slack.json",
            (value) -> json(value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));

    /**
     * Registries' words stand in a plain text run; titles and values would turn Markdown
     * into links.
     */
    private static final Template TEAMS = Template.of("teams.json", (value) -> json(value.replace("](", "] (")));

    private static final Template MAIL = Template.of("mail.txt", (value) -> value);

    private final Clock clock;

    private final String from;

    /**
     * Creates the messages.
     * @param from the sender's address of mail
     */
    public Messages(Clock clock, String from) {
        this.clock = clock;
        this.from = from;
    }

    /** The message to a webhook. */
    public WebhookMessage webhook(OutgoingNotice outgoing) {
        if (!(outgoing
            .target() instanceof Target.Webhook(Target.Format format, Address url, @Nullable SigningKey secret))) {
            throw new IllegalArgumentException("delivery " + outgoing.delivery() + " is not to a webhook");
        }
        Notice notice = outgoing.notice();
        String body = switch (format) {
            case CLOUDEVENTS -> CloudEvent.write(notice);
            case SLACK -> SLACK.fill(NoticeText.of(notice));
            case TEAMS -> TEAMS.fill(NoticeText.of(notice));
        };
        String timestamp = String.valueOf(this.clock.instant().getEpochSecond());
        return new WebhookMessage(url.reveal(), notice.id(), timestamp,
                (secret != null) ? Signature.of(secret, notice.id(), timestamp, body) : null,
                (format == Target.Format.CLOUDEVENTS) ? CloudEvent.CONTENT_TYPE : JSON, body);
    }

    /** The CloudEvent for an operator's own route. */
    public String route(OutgoingNotice outgoing) {
        return CloudEvent.write(outgoing.notice());
    }

    /** The message by mail. */
    public MailMessage mail(OutgoingNotice outgoing) {
        if (!(outgoing.target() instanceof Target.Mail(List<String> to))) {
            throw new IllegalArgumentException("delivery " + outgoing.delivery() + " is not mail");
        }
        var words = NoticeText.of(outgoing.notice());
        return new MailMessage(this.from, String.join(",", to), "[Drayage] " + words.get("title"),
                "<" + outgoing.notice().id() + "@drayage>", MAIL.fill(words));
    }

    private static String json(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }

}
