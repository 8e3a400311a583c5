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

/** Makes of letters what is sent. */
public final class Messages {

    private static final String JSON = "application/json; charset=UTF-8";

    /** With {@code verbatim}, an address in the text does not become a link. */
    private static final Template SLACK = Template.of("slack.json",
            (value) -> json(value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));

    /**
     * What registries say stands in a run of text, which is plain; titles and values know
     * links.
     */
    private static final Template TEAMS = Template.of("teams.json", (value) -> json(value.replace("](", "] (")));

    private static final Template MAIL = Template.of("mail.txt", (value) -> value);

    private final Clock clock;

    private final String from;

    /**
     * Opens it.
     * @param from the address that mail comes from
     */
    public Messages(Clock clock, String from) {
        this.clock = clock;
        this.from = from;
    }

    /** The message for a letter to a webhook. */
    public WebhookMessage webhook(OutgoingNotice letter) {
        if (!(letter
            .target() instanceof Target.Webhook(Target.Format format, Address url, @Nullable SigningKey secret))) {
            throw new IllegalArgumentException("delivery " + letter.delivery() + " is not to a webhook");
        }
        Notice notice = letter.notice();
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

    /** The CloudEvent for a letter to an own route. */
    public String route(OutgoingNotice letter) {
        return CloudEvent.write(letter.notice());
    }

    /** The message for a letter by mail. */
    public MailMessage mail(OutgoingNotice letter) {
        if (!(letter.target() instanceof Target.Mail(List<String> to))) {
            throw new IllegalArgumentException("delivery " + letter.delivery() + " is not mail");
        }
        var words = NoticeText.of(letter.notice());
        return new MailMessage(this.from, String.join(",", to), "[Drayage] " + words.get("title"),
                "<" + letter.notice().id() + "@drayage>", MAIL.fill(words));
    }

    private static String json(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }

}
