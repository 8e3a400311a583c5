package events;

import java.util.List;
import java.util.stream.Collectors;

import replication.Refusal;
import replication.event.HookDelivery;
import replication.event.Sender;

/** All senders that Drayage understands. */
public final class EventSenders {

    private static final List<JsonSender> ALL = List.of(new HarborSender(), new DistributionSender(),
            new GitlabSender(), new DockerHubSender(), new QuaySender(), new GithubSender(), new GiteaSender(),
            new AcrSender(), new EcrSender(), new GcrSender(), new JfrogSender(), new CloudEventsSender(),
            new PlainSender());

    private EventSenders() {
    }

    public static List<Sender> all() {
        return List.copyOf(ALL);
    }

    /**
     * The sender whose form a delivery has.
     * @throws Refusal.Invalid if it is no JSON object or has no sender's form
     */
    public static Sender find(HookDelivery delivery) {
        Field body = Payload.of(delivery);
        for (JsonSender sender : ALL) {
            if (sender.fits(delivery, body)) {
                return sender;
            }
        }
        throw new Refusal.Invalid("body", "it has the form of no known sender; known are " + identities());
    }

    /**
     * The sender with a name.
     * @throws Refusal.Invalid if there is none
     */
    public static Sender named(String identity) {
        return ALL.stream()
            .filter((sender) -> sender.identity().equals(identity))
            .findFirst()
            .orElseThrow(() -> new Refusal.Invalid("sender",
                    Quote.of(identity) + " is no known sender; known are " + identities()));
    }

    private static String identities() {
        return ALL.stream().map(Sender::identity).collect(Collectors.joining(", "));
    }

}
