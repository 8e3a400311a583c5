package store.event;

import java.sql.ResultSet;
import java.sql.SQLException;
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
import org.springframework.dao.DataIntegrityViolationException;
import replication.Refusal;
import replication.ResourceType;
import replication.event.EventInbox;
import replication.event.RegistryEvent;
import replication.policy.ArtifactFilter;
import replication.policy.NamespaceMapping;
import replication.policy.Policy;
import replication.policy.PolicyIndex;
import replication.policy.RepositoryFilter;
import store.execution.ExecutionStart;
import store.history.Partitions;
import store.policy.PolicyTable;
import store.sql.Database;
import store.sql.Locks;

/**
 * The table {@code event}, the inbox.
 * <p>
 * Safe on any number of nodes: an advisory lock lets one node at a time gather events,
 * and the events that it gives to executions are marked as handled in the same
 * transaction.
 */
public final class EventTable implements EventInbox {

    private static final Logger LOG = LoggerFactory.getLogger(EventTable.class);

    /** How many events one transaction handles. */
    private static final int AT_ONCE = 2_000;

    private final Database database;

    private final ExecutionStart start;

    private final Duration window;

    /**
     * Opens the inbox.
     * @param window how long the first event waits for others
     */
    public EventTable(Database database, Partitions partitions, Duration window) {
        this.database = database;
        this.start = new ExecutionStart(database, partitions);
        this.window = window;
    }

    @Override
    public int add(long registryId, List<RegistryEvent> events) {
        // A statement cannot write one row twice.
        Map<String, RegistryEvent> once = new LinkedHashMap<>();
        events.forEach((event) -> once.putIfAbsent(event.id(), event));
        try {
            return this.database.inTransaction(() -> insert(registryId, List.copyOf(once.values())));
        }
        catch (DataIntegrityViolationException _) {
            throw new Refusal.Missing("registry", registryId);
        }
    }

    private int insert(long registryId, List<RegistryEvent> events) {
        return this.database.sql("""
                INSERT INTO event (registry_id, event_id, kind, resource_type, repository, tag, digest)
                SELECT :registry, e.*
                FROM unnest(:ids::text[], :kinds::text[], :types::text[], :repositories::text[], :tags::text[],
                    :digests::text[]) AS e (id, kind, resource_type, repository, tag, digest)
                ORDER BY e.id COLLATE "C"
                ON CONFLICT (registry_id, event_id) DO NOTHING
                """)
            .param("registry", registryId)
            .param("ids", events.stream().map(RegistryEvent::id).toArray(String[]::new))
            .param("kinds",
                    events.stream().map((event) -> event.kind().name().toLowerCase(Locale.ROOT)).toArray(String[]::new))
            .param("types", events.stream().map((event) -> event.resource().id()).toArray(String[]::new))
            .param("repositories", events.stream().map(RegistryEvent::repository).toArray(String[]::new))
            .param("tags", events.stream().map(RegistryEvent::tag).toArray(String[]::new))
            .param("digests", events.stream().map(RegistryEvent::digest).toArray(String[]::new))
            .update();
    }

    @Override
    public int gather() {
        List<Waiting> waiting = due() ? waiting() : List.of();
        if (waiting.isEmpty()) {
            return 0;
        }
        // Ids are drawn before the transaction, so that no lock is held while a partition
        // is made, and only for executions that need one, because ids are counted.
        Map<Long, Long> ids = new HashMap<>();
        items(policies(waiting), waiting).keySet()
            .stream()
            .filter((policy) -> !this.start.hasUnbegun(policy))
            .forEach((policy) -> ids.put(policy.id(), this.start.newId()));
        try {
            return this.database.inTransaction(() -> tryLock() ? give(waiting, ids) : 0);
        }
        catch (ExecutionStart.NeedsId ex) {
            LOG.debug("{}; the next round starts one", ex.getMessage());
            return 0;
        }
    }

    private boolean due() {
        return this.database.sql("""
                SELECT EXISTS (
                    SELECT FROM event
                    WHERE handled_time IS NULL AND time <= now() - :window * interval '1 millisecond')
                """).param("window", this.window.toMillis()).query(Boolean.class).single();
    }

    private List<Waiting> waiting() {
        return this.database.sql("""
                SELECT registry_id, event_id, kind, resource_type, repository, tag, digest FROM event
                WHERE handled_time IS NULL
                ORDER BY time
                LIMIT :most
                """).param("most", AT_ONCE).query(Waiting::read).list();
    }

    /** The policies that these events may concern. */
    private List<Policy> policies(List<Waiting> waiting) {
        return this.database
            .sql("""
                    SELECT to_jsonb(p) AS policy FROM policy p
                    WHERE enabled AND NOT one_kick AND triggers @> '[{"type": "event"}]' AND src_registry_id = ANY (:registries)
                    ORDER BY id
                    """)
            .param("registries", waiting.stream().map(Waiting::registryId).distinct().toArray(Long[]::new))
            .query(PolicyTable::read)
            .list();
    }

    private boolean tryLock() {
        return this.database.sql("SELECT pg_try_advisory_xact_lock(:lock)")
            .param("lock", Locks.EVENTS)
            .query(Boolean.class)
            .single();
    }

    private int give(List<Waiting> seen, Map<Long, Long> ids) {
        List<Waiting> waiting = handled(seen);
        List<Long> started = new ArrayList<>();
        items(policies(waiting), waiting).forEach((policy, items) -> {
            Long id = ids.get(policy.id());
            if (begins(id, policy, items) && id != null) {
                started.add(id);
            }
        });
        this.start.tell(started);
        return started.size();
    }

    /**
     * Marks the events and returns those that no other node has handled since they were
     * read.
     */
    private List<Waiting> handled(List<Waiting> seen) {
        return this.database.sql("""
                UPDATE event e SET handled_time = now()
                FROM unnest(:registries::bigint[], :ids::text[]) AS w (registry_id, event_id)
                WHERE e.registry_id = w.registry_id AND e.event_id = w.event_id AND e.handled_time IS NULL
                RETURNING e.registry_id, e.event_id, e.kind, e.resource_type, e.repository, e.tag, e.digest
                """)
            .param("registries", seen.stream().map(Waiting::registryId).toArray(Long[]::new))
            .param("ids", seen.stream().map(Waiting::id).toArray(String[]::new))
            .query(Waiting::read)
            .list();
    }

    private boolean begins(@Nullable Long id, Policy policy, Set<ExecutionStart.Item> items) {
        try {
            return this.start.startOrExtend(id, policy, items);
        }
        catch (Refusal.Missing ex) {
            LOG.info("events of {} tags are dropped: {}", items.size(), ex.getMessage());
            return false;
        }
    }

    /**
     * The items by policy, in the order of the policies' ids, which is the order of their
     * locks.
     */
    private Map<Policy, Set<ExecutionStart.Item>> items(List<Policy> policies, List<Waiting> waiting) {
        PolicyIndex index = new PolicyIndex(policies);
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
            .filter(ArtifactFilter.ofTags(policy)::acceptsName)
            .map((tag) -> new ExecutionStart.Item(event.resource, event.repository, tag, event.delete));
    }

    /**
     * The tags of an event. A deleted manifest takes all its tags with it, but Harbor and
     * ghcr.io name one of them and other registries none.
     */
    private Stream<String> tags(Waiting event, Policy policy, String destination) {
        Stream<String> named = Stream.ofNullable(event.tag);
        return (event.delete && event.digest != null) ? Stream.concat(named, tagsOf(event, policy, destination))
                : named;
    }

    /**
     * The tags of a manifest that the policy has copied, and those of tasks that run now,
     * which may copy the same manifest. The source is asked before any tag is deleted.
     */
    private Stream<String> tagsOf(Waiting event, Policy policy, String destination) {
        return this.database.sql("""
                SELECT tag FROM placement
                WHERE policy_id = :policy AND registry_id = :registry AND resource_type = :type
                AND repository = :repository AND digest = :digest AND role = ''
                UNION
                SELECT o.reference FROM execution e
                JOIN task t ON t.execution_id = e.id AND t.dest_resource = :repository AND t.resource_type = :type
                JOIN artifact_outcome o ON o.execution_id = e.id AND o.task_id = t.id AND o.result = 'open'
                    AND o.role = ''
                WHERE e.policy_id = :policy AND e.state IN ({execution open})
                """)
            .param("policy", policy.id())
            .param("registry", policy.destination().registryId())
            .param("repository", destination)
            .param("type", event.resource.id())
            .param("digest", event.digest)
            .query(String.class)
            .list()
            .stream();
    }

    @Override
    public void purge() {
        this.database.sql("DELETE FROM event WHERE handled_time < now() - interval '2 days'").update();
    }

    private record Waiting(long registryId, String id, boolean delete, ResourceType resource, String repository,
            @Nullable String tag, @Nullable String digest) {

        boolean concerns(Policy policy) {
            RepositoryFilter filter = new RepositoryFilter(policy);
            return this.registryId == policy.source().registryId() && (policy.behaviour().deletion() || !this.delete)
                    && filter.accepts(this.resource) && filter.accepts(this.repository);
        }

        static Waiting read(ResultSet row, int number) throws SQLException {
            return new Waiting(row.getLong("registry_id"), row.getString("event_id"),
                    "delete".equals(row.getString("kind")), new ResourceType(row.getString("resource_type")),
                    row.getString("repository"), row.getString("tag"), row.getString("digest"));
        }

    }

}
