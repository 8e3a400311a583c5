package replication.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Page;
import replication.Refusal;
import replication.StoreAway;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.Adapters;
import replication.registry.Connections;
import replication.registry.Registries;
import replication.registry.Registry;

/**
 * Reads the events of registries whose cloud keeps them in a queue. A message leaves the
 * queue after its events are in the inbox, which stores an event that comes twice once. A
 * queue that fails holds up none of the others.
 */
public final class EventPolling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventPolling.class);

    /** How long a queue that failed is left alone. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    /** How often one round reads from one queue. */
    private static final int READS = 100;

    /** How many reads of nothing but other places' messages a round goes on after. */
    private static final int FOREIGN_READS = 10;

    private final Registries registries;

    private final Adapters adapters;

    private final Connections connections;

    private final EventInbox inbox;

    private final Function<String, Sender> senders;

    private final BooleanSupplier turn;

    private final Clock clock;

    /** When a registry's queue is read again; {@link Instant#MAX} while it is read. */
    private final Map<Long, Instant> next = new ConcurrentHashMap<>();

    /** The registries in whose queues other places' messages were met. */
    private final Set<Long> shared = ConcurrentHashMap.newKeySet();

    private final LogThrottle log = new LogThrottle();

    private final StopSignal closing = new StopSignal();

    /**
     * Reads nothing yet.
     * @param senders the sender of a name
     * @param turn takes this node's turn; false where another node has it
     */
    public EventPolling(Registries registries, Adapters adapters, Connections connections, EventInbox inbox,
            Function<String, Sender> senders, BooleanSupplier turn, Clock clock) {
        this.registries = registries;
        this.adapters = adapters;
        this.connections = connections;
        this.inbox = inbox;
        this.senders = senders;
        this.turn = turn;
        this.clock = clock;
    }

    /**
     * Begins to read each queue that is not being read; called every two seconds. It does
     * not wait for the queues.
     */
    public void poll() {
        List<String> types = this.adapters.infos()
            .stream()
            .filter((info) -> info.can(Ability.EVENTS_POLL))
            .map(AdapterInfo::identity)
            .toList();
        if (types.isEmpty() || !this.turn.getAsBoolean()) {
            return;
        }
        Instant now = this.clock.instant();
        this.next.values().removeIf((time) -> !time.isAfter(now));
        for (String type : types) {
            Page.all((page) -> this.registries.list(null, type, page),
                    (Registries.RegistryRecord each) -> each.registry().id())
                .map(Registries.RegistryRecord::registry)
                .filter(this.adapters.of(type)::polls)
                .filter((registry) -> this.next.putIfAbsent(registry.id(), Instant.MAX) == null)
                .forEach((registry) -> Thread.ofVirtual().name("events").start(() -> read(registry)));
        }
    }

    /** Whether a queue is being read. */
    boolean reading() {
        return this.next.containsValue(Instant.MAX);
    }

    private void read(Registry registry) {
        Instant again = Instant.MIN;
        try {
            drain(registry, this.connections.to(registry).as(EventPoll.class));
        }
        catch (StoreAway | StopSignal.Stopped _) {
            // What was read comes again; the database's own watch tells of it.
        }
        catch (RegistryFailure | Refusal ex) {
            warn(registry, "away", "its events cannot be read: %s; they are asked for again in %d s"
                .formatted(Reason.of(ex), AGAIN.toSeconds()));
            again = this.clock.instant().plus(AGAIN);
        }
        catch (RuntimeException ex) {
            LOG.error(
                    "the events of registry {} cannot be read by a defect of Drayage; they are asked for again in {} s",
                    registry.name(), AGAIN.toSeconds(), ex);
            again = this.clock.instant().plus(AGAIN);
        }
        finally {
            this.next.put(registry.id(), again);
        }
    }

    private void drain(Registry registry, EventPoll poll) {
        int foreign = 0;
        for (int reads = 0; reads < READS; reads++) {
            List<EventPoll.Told> told = poll.read(this.closing);
            List<RegistryEvent> events = new ArrayList<>();
            List<EventPoll.Told> understood = told.stream()
                .filter((each) -> understands(registry, each, events))
                .toList();
            if (!events.isEmpty()) {
                this.inbox.add(registry.id(), events);
            }
            if (!understood.isEmpty()) {
                poll.done(understood, this.closing);
            }
            else if (told.stream().noneMatch(EventPoll.Told::foreign) || ++foreign > FOREIGN_READS) {
                return;
            }
        }
    }

    /**
     * Reads a message's events. One that is not understood stays in the queue, which may
     * be another program's, and so does one about another place, whose registry may share
     * the queue.
     */
    private boolean understands(Registry registry, EventPoll.Told told, List<RegistryEvent> events) {
        if (told.foreign()) {
            if (this.shared.add(registry.id())) {
                LOG.warn(
                        "registry {}: messages of its queue are left there, because they are not about it but about {}",
                        registry.name(), told.elsewhere());
            }
            return false;
        }
        try {
            Sender sender = this.senders.apply(told.sender());
            events.addAll(sender.read(told.delivery(), (about, line) -> warn(registry, "remark " + about, line)));
            return true;
        }
        catch (Refusal.Invalid ex) {
            warn(registry, "refusal", "a message of its queue is left there, because it is no event of " + told.sender()
                    + ": " + ex.getMessage());
            return false;
        }
    }

    private void warn(Registry registry, String about, String line) {
        if (this.log.permits(registry.id() + " " + about, this.clock.millis())) {
            LOG.warn("registry {}: {}", registry.name(), line);
        }
    }

    @Override
    public void close() {
        this.closing.stop();
    }

}
