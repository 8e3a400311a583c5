package api.execution;

import java.util.Map;

import api.Bounded;
import api.RequestJson;
import api.Required;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Refusal;
import replication.access.Caller;
import replication.event.EventInbox;
import replication.event.HookDelivery;
import replication.event.Sender;
import replication.execution.flow.Starts;
import replication.execution.state.Mode;
import replication.policy.Policies;
import replication.registry.Registries;

/** The entry points for an operator's own routes, by names instead of ids. */
public final class EntryApi {

    private static final Logger LOG = LoggerFactory.getLogger(EntryApi.class);

    /** The caller for an operator's own routes. */
    private static final Caller OWN_ROUTE = new Caller("own route");

    private final Starts starts;

    private final Policies policies;

    private final Registries registries;

    private final EventInbox inbox;

    private final Sender sender;

    /**
     * Serves the routes.
     * @param sender reads the events that they offer
     */
    public EntryApi(Starts starts, Policies policies, Registries registries, EventInbox inbox, Sender sender) {
        this.starts = starts;
        this.policies = policies;
        this.registries = registries;
        this.inbox = inbox;
        this.sender = sender;
    }

    /**
     * Starts the policy of a name, which may have white space around it.
     * @return the execution's id
     * @throws Refusal.Missing if there is no such policy
     * @throws Refusal.Conflict if the policy is disabled, or runs already and must not
     * overlap
     */
    public long startPolicy(String name) {
        long id = this.policies.named(name.strip())
            .orElseThrow(() -> new Refusal.Missing("policy", "with the name \"" + name.strip() + "\""))
            .id();
        return this.starts.manual(id, OWN_ROUTE, Mode.APPLY).id();
    }

    /**
     * Takes an event in the form of the sender {@code plain} that also names its {@code
     * registry}.
     * @return how many events were new, 0 or 1
     * @throws Refusal.Missing if there is no such registry
     * @throws Refusal.Invalid if the event is malformed
     */
    public int event(byte[] json) {
        String name = Required.text("registry", RequestJson.read(json, NamedEvent.class).registry, Bounded.NAME);
        long id = this.registries.named(name)
            .orElseThrow(() -> new Refusal.Missing("registry", "with the name \"" + name + "\""))
            .registry()
            .id();
        HookDelivery delivery = new HookDelivery(Map.of(), json);
        return this.inbox.add(id,
                this.sender.read(delivery, (about, line) -> LOG.warn("event of an own route: {}", line)));
    }

    /** An event and its registry; the sender reads everything else. */
    private record NamedEvent(@Nullable String registry, @Nullable String event, @Nullable String repository,
            @Nullable String tag, @Nullable String digest, @Nullable String id) {
    }

}
