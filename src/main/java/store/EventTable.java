package store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Refusal;
import replication.ResourceType;
import replication.event.EventInbox;
import replication.event.RegistryEvent;
import replication.policy.NamespaceMapping;
import replication.policy.Policy;
import replication.policy.PolicyIndex;
import replication.policy.RepositoryFilter;
import replication.policy.TagFilter;

/**
 * The table {@code event}, the inbox.
 * <p>
 * Safe on any number of nodes: one at a time gathers, by an advisory lock, and what it
 * gives to executions is marked as handled in the same transaction.
 */
public final class EventTable implements EventInbox {

    private static final Logger LOG = LoggerFactory.getLogger(EventTable.class);

    /** In one transaction. */
    private static final int AT_ONCE = 2_000;

    private final Database database;

    private final ExecutionStart start;

    private final Duration window;

    /**
     * The inbox.
     * @param window how long the first event waits for others
     */
    public EventTable(Database database, Partitions partitions, Duration window) {
        this.database = database;
        this.start = new ExecutionStart(database, partitions);
        this.window = window;
    }

    @Override
    public int add(long registryId, List<RegistryEvent> events) {
        // A statement cannot meet a row twice.
        Map<String, RegistryEvent> once = new LinkedHashMap<>();
        events.forEach((event) -> once.putIfAbsent(event.id(), event));
        return this.database.inTransaction(() -> insert(registryId, List.copyOf(once.values())));
    }

    private int insert(long registryId, List<RegistryEvent> events) {
        return this.database.sql("""
                INSERT INTO event (registry_id, event_id, kind, repository, tag, digest)
                SELECT :registry, e.*
                FROM unnest(:ids::text[], :kinds::text[], :repositories::text[], :tags::text[], :digests::text[])
                    AS e (id, kind, repository, tag, digest)
                ORDER BY e.id COLLATE "C"
                ON CONFLICT (registry_id, event_id) DO NOTHING
                """)
            .param("registry", registryId)
            .param("ids", events.stream().map(RegistryEvent::id).toArray(String[]::new))
            .param("kinds",
                    events.stream().map((event) -> event.kind().name().toLowerCase(Locale.ROOT)).toArray(String[]::new))
            .param("repositories", events.stream().map(RegistryEvent::repository).toArray(String[]::new))
            .param("tags", events.stream().map(RegistryEvent::tag).toArray(String[]::new))
            .param("digests", events.stream().map(RegistryEvent::digest).toArray(String[]::new))
            .update();
    }

    @Override
    public int gather() {
        if (!due()) {
            return 0;
        }
        // Ids are made before the transaction: nothing waits for a partition with locks
        // in
        // hand.
        Map<Long, Long> ids = new HashMap<>();
        policies().forEach((policy) -> ids.put(policy.id(), this.start.newId()));
        return this.database.inTransaction(() -> alone() ? give(ids) : 0);
    }

    private boolean due() {
        return this.database.sql("""
                SELECT EXISTS (
                    SELECT FROM event
                    WHERE handled_time IS NULL AND time <= now() - :window * interval '1 millisecond')
                """).param("window", this.window.toMillis()).query(Boolean.class).single();
    }

    /** Those that wait for what has happened. */
    private List<Policy> policies() {
        return this.database.sql("""
                SELECT * FROM policy
                WHERE enabled AND triggers @> '[{"type": "event"}]'
                AND src_registry_id IN (SELECT DISTINCT registry_id FROM event WHERE handled_time IS NULL)
                ORDER BY id
                """).query(PolicyTable::read).list();
    }

    private boolean alone() {
        return this.database.sql("SELECT pg_try_advisory_xact_lock(:lock)")
            .param("lock", Locks.EVENTS)
            .query(Boolean.class)
            .single();
    }

    private int give(Map<Long, Long> ids) {
        List<Waiting> waiting = waiting();
        List<Long> started = new ArrayList<>();
        items(policies(), waiting).forEach((policy, items) -> {
            Long id = ids.get(policy.id());
            // One without an id has been saved since: what waits came before it.
            if (id != null && begins(id, policy, items)) {
                started.add(id);
            }
        });
        handled(waiting);
        this.start.tell(started);
        return started.size();
    }

    private List<Waiting> waiting() {
        return this.database.sql("""
                SELECT registry_id, event_id, kind, repository, tag, digest FROM event
                WHERE handled_time IS NULL
                ORDER BY time
                LIMIT :most
                FOR UPDATE
                """)
            .param("most", AT_ONCE)
            .query((row, number) -> new Waiting(row.getLong("registry_id"), row.getString("event_id"),
                    "delete".equals(row.getString("kind")), row.getString("repository"), row.getString("tag"),
                    row.getString("digest")))
            .list();
    }

    private boolean begins(long id, Policy policy, Set<ExecutionStart.Item> items) {
        try {
            return this.start.named(id, policy, items);
        }
        catch (Refusal.Missing ex) {
            LOG.info("events of {} tags lead to nothing: {}", items.size(), ex.getMessage());
            return false;
        }
    }

    /** By policies in the order of their ids, which is that of their locks. */
    private Map<Policy, Set<ExecutionStart.Item>> items(List<Policy> policies, List<Waiting> waiting) {
        PolicyIndex index = new PolicyIndex(policies.stream()
            .filter((policy) -> new RepositoryFilter(policy).accepts(ResourceType.IMAGE))
            .toList());
        Map<Policy, Set<ExecutionStart.Item>> items = new TreeMap<>(Comparator.comparingLong(Policy::id));
        for (Waiting event : waiting) {
            index.concernedBy(event.repository)
                .filter((policy) -> event.concerns(policy))
                .forEach((policy) -> items(event, policy)
                    .forEach((item) -> items.computeIfAbsent(policy, (_) -> new LinkedHashSet<>()).add(item)));
        }
        return items;
    }

    private Stream<ExecutionStart.Item> items(Waiting event, Policy policy) {
        return NamespaceMapping.of(policy)
            .map(event.repository)
            .stream()
            .flatMap((destination) -> tags(event, policy, destination))
            .filter(new TagFilter(policy)::accepts)
            .map((tag) -> new ExecutionStart.Item(event.repository, tag));
    }

    /**
     * A manifest that was deleted takes its tags along: those that the policy knows of.
     */
    private Stream<String> tags(Waiting event, Policy policy, String destination) {
        if (event.tag != null) {
            return Stream.of(event.tag);
        }
        if (!event.delete || event.digest == null) {
            return Stream.empty();
        }
        return this.database.sql("""
                SELECT tag FROM placement
                WHERE policy_id = :policy AND registry_id = :registry AND repository = :repository
                AND digest = :digest
                """)
            .param("policy", policy.id())
            .param("registry", policy.destRegistryId())
            .param("repository", destination)
            .param("digest", event.digest)
            .query(String.class)
            .list()
            .stream();
    }

    private void handled(List<Waiting> waiting) {
        this.database.sql("""
                UPDATE event e SET handled_time = now()
                FROM unnest(:registries::bigint[], :ids::text[]) AS w (registry_id, event_id)
                WHERE e.registry_id = w.registry_id AND e.event_id = w.event_id
                """)
            .param("registries", waiting.stream().map(Waiting::registryId).toArray(Long[]::new))
            .param("ids", waiting.stream().map(Waiting::id).toArray(String[]::new))
            .update();
    }

    @Override
    public void purge() {
        this.database.sql("DELETE FROM event WHERE handled_time < now() - interval '2 days'").update();
    }

    private record Waiting(long registryId, String id, boolean delete, String repository, @Nullable String tag,
            @Nullable String digest) {

        boolean concerns(Policy policy) {
            return this.registryId == policy.srcRegistryId() && (policy.deletion() || !this.delete)
                    && new RepositoryFilter(policy).accepts(this.repository);
        }

    }

}
