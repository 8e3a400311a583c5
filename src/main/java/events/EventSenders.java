package events;

import java.util.List;
import java.util.stream.Collectors;

import replication.Refusal;
import replication.event.HookDelivery;
import replication.event.Sender;

/** Every sender that is understood. */
public final class EventSenders {

    private static final List<Dialect> ALL = List.of(new HarborSender(), new DistributionSender(), new GitlabSender(),
            new DockerHubSender(), new QuaySender(), new GithubSender(), new AcrSender(), new EcrSender(),
            new GcrSender(), new JfrogSender(), new CloudEventsSender(), new PlainSender());

    private EventSenders() {
    }

    public static List<Sender> all() {
        return List.copyOf(ALL);
    }

    /**
     * The one that a delivery looks like.
     * @throws Refusal.Invalid where it is no JSON object or none recognises it
     */
    public static Sender find(HookDelivery delivery) {
        Field body = Payload.of(delivery);
        for (Dialect dialect : ALL) {
            if (dialect.fits(delivery, body)) {
                return dialect;
            }
        }
        throw new Refusal.Invalid("body", "it looks like nothing that is known; known are " + identities());
    }

    /**
     * The one of a name.
     * @throws Refusal.Invalid where there is none
     */
    public static Sender named(String identity) {
        return ALL.stream()
            .filter((dialect) -> dialect.identity().equals(identity))
            .findFirst()
            .orElseThrow(() -> new Refusal.Invalid("sender",
                    Quote.of(identity) + " is no known sender; known are " + identities()));
    }

    private static String identities() {
        return ALL.stream().map(Sender::identity).collect(Collectors.joining(", "));
    }

}
