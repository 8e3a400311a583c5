package events;

import java.nio.charset.StandardCharsets;
import java.util.List;

import replication.event.Delivery;
import replication.event.RegistryEvent;
import replication.event.RegistryEvent.Kind;

/** Amazon ECR by EventBridge, straight or by way of a topic of SNS. */
final class EcrSender implements Dialect {

    @Override
    public String identity() {
        return "ecr";
    }

    @Override
    public String description() {
        return "Amazon ECR: EventBridge's \"ECR Image Action\", by an API destination or SNS";
    }

    @Override
    public boolean fits(Delivery delivery, Field body) {
        return isNotice(body) || (body.at("detail-type").isText() && body.at("source").isText());
    }

    @Override
    public List<RegistryEvent> read(Delivery delivery, Field body) {
        if (!isNotice(body)) {
            return event(body);
        }
        return switch (body.at("Type").text()) {
            case "Notification" ->
                event(Payload.parse("Message", body.at("Message").text().getBytes(StandardCharsets.UTF_8)));
            case "SubscriptionConfirmation" -> throw body.at("Type")
                .wrong("SNS asks to confirm a subscription; no address of a delivery is opened here, so confirm it"
                        + " by hand: aws sns confirm-subscription --topic-arn <TopicArn> --token <Token>, both of"
                        + " which stand in what SNS has sent");
            default -> List.of();
        };
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
        EventId id = EventId.given(event.at("id").textOrNull(), EventId.told(kind.name(), event.at("time")));
        Mention mention = Mention.of(detail.at("repository-name"), detail.at("image-tag"), detail.at("image-digest"));
        return new EventList().add(id, kind, mention).toList();
    }

}
