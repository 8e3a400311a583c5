package events;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;
import replication.event.Remarks;

/** Amazon ECR by EventBridge, directly or through an SNS topic. */
final class EcrSender implements JsonSender {

    // These are pasted into a shell, so they hold no character that it interprets.
    private static final Pattern TOPIC = Pattern
        .compile("arn:aws[a-z-]{0,20}:sns:(?<region>[a-z0-9-]{1,40}):[0-9]{12}:[A-Za-z0-9_.-]{1,262}");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]+");

    private static final int LONGEST_TOKEN = 1024;

    @Override
    public String identity() {
        return "ecr";
    }

    @Override
    public String description() {
        return "Amazon ECR: EventBridge's \"ECR Image Action\", by an API destination or SNS";
    }

    @Override
    public boolean fits(HookDelivery delivery, Field body) {
        return isNotice(body) || (body.at("detail-type").isText() && body.at("source").isText());
    }

    @Override
    public List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks) {
        if (!isNotice(body)) {
            return event(body);
        }
        return switch (body.at("Type").text()) {
            case "Notification" ->
                event(Payload.parse("Message", body.at("Message").text().getBytes(StandardCharsets.UTF_8)));
            case "SubscriptionConfirmation" -> {
                remarks.say("confirm " + topic(body).group(), confirmation(body));
                yield List.of();
            }
            default -> List.of();
        };
    }

    // SNS shows our answer to nobody, and only this delivery has the token, so the log
    // has the command.
    private static String confirmation(Field body) {
        Field token = body.at("Token");
        if (token.text().length() > LONGEST_TOKEN || !TOKEN.matcher(token.text()).matches()) {
            throw token.wrong(Quote.of(token.text()) + " is no token of SNS");
        }
        Matcher topic = topic(body);
        return "SNS asks to confirm a subscription. Drayage opens no address from a delivery, so confirm it by hand:"
                + " aws sns confirm-subscription --topic-arn '%s' --token '%s' --region '%s'".formatted(topic.group(),
                        token.text(), topic.group("region"));
    }

    private static Matcher topic(Field body) {
        Field topic = body.at("TopicArn");
        Matcher matcher = TOPIC.matcher(topic.text());
        if (!matcher.matches()) {
            throw topic.wrong(Quote.of(topic.text()) + " is no topic of SNS");
        }
        return matcher;
    }

    private static boolean isNotice(Field body) {
        return body.at("TopicArn").isText() && body.at("Type").isText();
    }

    private static List<RegistryEvent> event(Field event) {
        Field source = event.at("source");
        if (!"aws.ecr".equals(source.text())) {
            throw source.wrong("aws.ecr is expected, but it is " + Quote.of(source.text()));
        }
        if (!"ECR Image Action".equals(event.at("detail-type").text())) {
            return List.of();
        }
        Field detail = event.at("detail").object();
        if (!"SUCCESS".equals(detail.at("result").text())) {
            return List.of();
        }
        return switch (detail.at("action-type").text()) {
            case "PUSH" -> event(Kind.PUSH, event, detail);
            case "DELETE" -> event(Kind.DELETE, event, detail);
            default -> List.of();
        };
    }

    private static List<RegistryEvent> event(Kind kind, Field event, Field detail) {
        EventId id = EventId.bySender(event.at("id").textOrNull(), EventId.byContent(kind.name(), event.at("time")));
        NamedImage image = NamedImage.of(detail.at("repository-name"), detail.at("image-tag"),
                detail.at("image-digest"));
        return new EventList().add(id, kind, image).toList();
    }

}
