package store.cluster;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import replication.GroupCommit;
import replication.StoreAway;
import replication.cluster.BlobLeases;
import store.sql.Database;

/**
 * The tables {@code blob_lease} and {@code blob_location}.
 * <p>
 * Taking a lease is one INSERT that overwrites only a lease which has run out by the
 * database's clock, so one of two nodes gets it. A node renews the leases that it uses at
 * every beat; a lease that it could not give back runs out. A node that stalls for longer
 * loses its leases, and a blob may then be sent twice, which costs bytes and harms
 * nothing. The requests of many copies at the same time share one statement.
 */
public final class BlobLeaseTable implements BlobLeases {

    private static final Logger LOG = LoggerFactory.getLogger(BlobLeaseTable.class);

    /** Further places seen between two beats are not shared. */
    private static final int MOST_SEEN = 10_000;

    private static final Duration GATHERED = Duration.ofMillis(50);

    private static final String END = """
            DELETE FROM blob_lease WHERE (registry, digest) IN (
                SELECT l.registry, l.digest
                FROM {keys} JOIN blob_lease l ON l.registry = k.registry AND l.digest = k.digest
                WHERE l.owner = :node
                ORDER BY 1, 2
                FOR UPDATE OF l)
            """;

    private final Database database;

    private final String node;

    /** The blobs that this node is sending. */
    private final Set<Key> sending = ConcurrentHashMap.newKeySet();

    /** The repositories in which blobs were seen since the last beat. */
    private final Map<Key, String> seen = new ConcurrentHashMap<>();

    private final GroupCommit<Asked> asking = new GroupCommit<>(this::answer);

    /** The repositories in which blobs have arrived whose lease is not given back yet. */
    private final Map<Key, String> arrived = new ConcurrentHashMap<>();

    private final AtomicBoolean settling = new AtomicBoolean();

    public BlobLeaseTable(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    @Override
    public Decision take(String registry, String digest) {
        Asked asked = new Asked(new Key(registry, digest));
        this.asking.add(asked);
        return Objects.requireNonNull(asked.decision);
    }

    // Known places are read after the leases are taken: a former sender may have just
    // arrived.
    private void answer(List<Asked> asked) {
        List<Key> keys = asked.stream().map((each) -> each.key).distinct().toList();
        Map<Key, Decision> decisions = this.database.inTransaction(() -> decisions(keys));
        decisions.forEach((key, decision) -> {
            if (decision instanceof Decision.Send) {
                this.sending.add(key);
            }
        });
        asked.forEach((each) -> each.decision = decisions.getOrDefault(each.key, new Decision.Wait("another node")));
    }

    private Map<Key, Decision> decisions(List<Key> keys) {
        Map<Key, Decision> decisions = new HashMap<>();
        lease(keys).forEach((key) -> decisions.put(key, new Decision.Send()));
        Map<Key, Decision> others = others(keys);
        end(others.keySet()
            .stream()
            .filter((key) -> decisions.containsKey(key) && others.get(key) instanceof Decision.Known)
            .toList());
        others.forEach((key, decision) -> decisions.merge(key, decision,
                (mine, other) -> (other instanceof Decision.Known) ? other : mine));
        return decisions;
    }

    // Sorted, here and below, so that two nodes cannot wait for each other.
    private List<Key> lease(List<Key> keys) {
        return bind("""
                INSERT INTO blob_lease AS l (registry, digest, owner, until)
                SELECT k.registry, k.digest, :node, now() + interval '20 seconds'
                FROM {keys}, {soon}
                WHERE NOT EXISTS (
                    SELECT FROM blob_location p WHERE p.registry = k.registry AND p.digest = k.digest AND {believed})
                ORDER BY 1, 2
                ON CONFLICT (registry, digest) DO UPDATE SET owner = excluded.owner, until = excluded.until
                WHERE l.until < now() OR l.owner = excluded.owner
                RETURNING registry, digest
                """, keys).param("node", this.node).query(BlobLeaseTable::key).list();
    }

    /** The known places of blobs, and the senders of blobs that have none. */
    private Map<Key, Decision> others(List<Key> keys) {
        Map<Key, Decision> others = new HashMap<>();
        bind("""
                SELECT k.registry, k.digest, p.repository, l.owner
                FROM {keys}
                LEFT JOIN blob_location p ON p.registry = k.registry AND p.digest = k.digest AND {believed}
                LEFT JOIN blob_lease l ON l.registry = k.registry AND l.digest = k.digest
                WHERE p.repository IS NOT NULL OR l.owner <> :node
                """, keys).param("node", this.node).query((row) -> {
            String place = row.getString("repository");
            others.put(key(row, 0),
                    (place != null) ? new Decision.Known(place) : new Decision.Wait(row.getString("owner")));
        });
        return others;
    }

    @Override
    public void arrived(String registry, String digest, String repository) {
        Key key = new Key(registry, digest);
        this.sending.remove(key);
        this.arrived.put(key, repository);
        if (this.settling.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::settleSoon);
        }
    }

    // The copy does not wait for this, and waiting nodes look again from time to time.
    private void settleSoon() {
        LockSupport.parkNanos(GATHERED.toNanos());
        this.settling.set(false);
        try {
            settle();
        }
        catch (StoreAway ex) {
            LOG.debug("other nodes do not learn where blobs have arrived: {}", ex.getMessage());
        }
    }

    /**
     * Tells other nodes at once where blobs have arrived, instead of after
     * {@link #GATHERED}.
     */
    public void settle() {
        Map<Key, String> places = Map.copyOf(this.arrived);
        if (places.isEmpty()) {
            return;
        }
        places.forEach(this.arrived::remove);
        settle(places);
    }

    // Both happen in one statement: a waiting node finds either the lease or the place.
    private void settle(Map<Key, String> places) {
        this.database.inTransaction(() -> {
            bind("""
                    WITH placed AS (
                        INSERT INTO blob_location (registry, digest, repository)
                        SELECT p.registry, p.digest, p.repository
                        FROM {places}, {soon}
                        ORDER BY 1, 2
                        ON CONFLICT (registry, digest) DO UPDATE SET repository = excluded.repository, time = now())
                    """ + END, places).param("node", this.node).update();
        });
    }

    @Override
    public void seen(String registry, String digest, String repository) {
        if (this.seen.size() < MOST_SEEN) {
            this.seen.put(new Key(registry, digest), repository);
        }
    }

    @Override
    public void forget(String registry, String digest, String repository) {
        Key key = new Key(registry, digest);
        this.seen.remove(key, repository);
        boolean leased = this.arrived.remove(key, repository);
        this.database.inTransaction(() -> {
            end(leased ? List.of(key) : List.of());
            this.database.sql("""
                    DELETE FROM blob_location
                    WHERE registry = :registry AND digest = :digest AND repository = :repository
                    """).param("registry", registry).param("digest", digest).param("repository", repository).update();
        });
    }

    @Override
    public void release(String registry, String digest) {
        Key key = new Key(registry, digest);
        this.sending.remove(key);
        this.database.inTransaction(() -> end(List.of(key)));
    }

    private void end(List<Key> keys) {
        if (!keys.isEmpty()) {
            bind(END, keys).param("node", this.node).update();
        }
    }

    private JdbcClient.StatementSpec bind(String sql, Map<Key, String> places) {
        List<Key> keys = List.copyOf(places.keySet());
        return bind(sql.replace("{places}", """
                unnest(:registries::text[], :digests::text[], :repositories::text[])
                    AS p (registry, digest, repository)"""), keys).param("repositories",
                keys.stream().map(places::get).toArray(String[]::new));
    }

    // A crash may lose the last leases and places; in return nobody waits for the disk.
    private JdbcClient.StatementSpec bind(String sql, List<Key> keys) {
        return this.database
            .sql(sql.replace("{keys}", "unnest(:registries::text[], :digests::text[]) AS k (registry, digest)")
                .replace("{soon}", "(SELECT set_config('synchronous_commit', 'off', true)) soon")
                .replace("{believed}", "p.time > now() - interval '12 hours'"))
            .param("registries", keys.stream().map(Key::registry).toArray(String[]::new))
            .param("digests", keys.stream().map(Key::digest).toArray(String[]::new));
    }

    private static Key key(ResultSet row, int number) throws SQLException {
        return new Key(row.getString("registry"), row.getString("digest"));
    }

    /**
     * Renews this node's leases, shares the places that it has seen, deletes old rows.
     */
    public void renew() {
        List<Key> used = List.copyOf(this.sending);
        if (!used.isEmpty()) {
            bind("""
                    UPDATE blob_lease l SET until = now() + interval '20 seconds'
                    FROM {keys}
                    WHERE l.registry = k.registry AND l.digest = k.digest AND l.owner = :node
                    """, used).param("node", this.node).update();
        }
        tell(Map.copyOf(this.seen));
        this.database.sql("DELETE FROM blob_lease WHERE until < now() - interval '1 second'").update();
        this.database.sql("DELETE FROM blob_location WHERE time < now() - interval '12 hours'").update();
    }

    // A known place that is not about to be forgotten stays as it is.
    private void tell(Map<Key, String> places) {
        if (places.isEmpty()) {
            return;
        }
        bind("""
                INSERT INTO blob_location AS l (registry, digest, repository)
                SELECT p.registry, p.digest, p.repository
                FROM {places}
                ORDER BY 1, 2
                ON CONFLICT (registry, digest) DO UPDATE SET repository = excluded.repository, time = now()
                WHERE l.time < now() - interval '6 hours'
                """, places).update();
        places.forEach(this.seen::remove);
    }

    /** Gives back all leases of this node. */
    public void releaseAll() {
        settle();
        this.database.inTransaction(() -> {
            this.database.sql("DELETE FROM blob_lease WHERE owner = :node").param("node", this.node).update();
        });
    }

    private record Key(String registry, String digest) {
    }

    private static final class Asked {

        private final Key key;

        private @Nullable Decision decision;

        private Asked(Key key) {
            this.key = key;
        }

    }

}
