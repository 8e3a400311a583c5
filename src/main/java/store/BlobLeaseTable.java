package store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import replication.cluster.BlobLeases;

/**
 * The tables {@code blob_lease} and {@code blob_location}.
 * <p>
 * Safe, because the lease is one INSERT that overwrites only a lease which has run out by
 * the database's clock: of two nodes one gets it. A node renews the leases that it uses
 * at every beat, and one that it could not give back runs out; one that stalls for longer
 * loses them, and then a blob may be sent twice, which costs bytes and harms nothing.
 */
public final class BlobLeaseTable implements BlobLeases {

    /** What is more than this between two beats is not told. */
    private static final int MOST_SEEN = 10_000;

    private final Database database;

    private final String node;

    /** What this node sends at this moment. */
    private final Set<Key> led = ConcurrentHashMap.newKeySet();

    /** Where blobs have been seen since the last beat. */
    private final Map<Key, String> seen = new ConcurrentHashMap<>();

    public BlobLeaseTable(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    // Transactions, also for one statement: where the database is away they say so.
    @Override
    public Turn take(String registry, String digest) {
        Turn turn = this.database.inTransaction(() -> turn(registry, digest));
        if (turn instanceof Turn.Lead) {
            this.led.add(new Key(registry, digest));
        }
        return turn;
    }

    private Turn turn(String registry, String digest) {
        Optional<String> place = place(registry, digest);
        if (place.isPresent()) {
            return new Turn.Known(place.get());
        }
        if (!lease(registry, digest)) {
            return new Turn.Wait();
        }
        // Whoever had it before may have arrived between the two looks.
        Optional<String> now = place(registry, digest);
        if (now.isPresent()) {
            end(registry, digest);
            return new Turn.Known(now.get());
        }
        return new Turn.Lead();
    }

    private Optional<String> place(String registry, String digest) {
        return this.database.sql("""
                SELECT repository FROM blob_location
                WHERE registry = :registry AND digest = :digest AND time > now() - interval '12 hours'
                """).param("registry", registry).param("digest", digest).query(String.class).optional();
    }

    private boolean lease(String registry, String digest) {
        return this.database.sql("""
                INSERT INTO blob_lease AS l (registry, digest, owner, until)
                VALUES (:registry, :digest, :node, now() + interval '20 seconds')
                ON CONFLICT (registry, digest) DO UPDATE SET owner = excluded.owner, until = excluded.until
                WHERE l.until < now() OR l.owner = excluded.owner
                """).param("registry", registry).param("digest", digest).param("node", this.node).update() == 1;
    }

    // Both or neither: who waits either finds the lease or the place.
    @Override
    public void arrived(String registry, String digest, String repository) {
        this.led.remove(new Key(registry, digest));
        this.database.inTransaction(() -> {
            this.database.sql("""
                    INSERT INTO blob_location (registry, digest, repository) VALUES (:registry, :digest, :repository)
                    ON CONFLICT (registry, digest) DO UPDATE SET repository = excluded.repository, time = now()
                    """).param("registry", registry).param("digest", digest).param("repository", repository).update();
            release(registry, digest);
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
        this.seen.remove(new Key(registry, digest), repository);
        this.database.inTransaction(() -> {
            this.database.sql("""
                    DELETE FROM blob_location
                    WHERE registry = :registry AND digest = :digest AND repository = :repository
                    """).param("registry", registry).param("digest", digest).param("repository", repository).update();
        });
    }

    @Override
    public void release(String registry, String digest) {
        this.led.remove(new Key(registry, digest));
        this.database.inTransaction(() -> end(registry, digest));
    }

    private void end(String registry, String digest) {
        this.database.sql("""
                DELETE FROM blob_lease WHERE registry = :registry AND digest = :digest AND owner = :node
                """).param("registry", registry).param("digest", digest).param("node", this.node).update();
    }

    /**
     * Holds on to what this node leads, tells what it has seen, and forgets what is out
     * of date.
     */
    public void renew() {
        List<Key> used = List.copyOf(this.led);
        if (!used.isEmpty()) {
            this.database.sql("""
                    UPDATE blob_lease l SET until = now() + interval '20 seconds'
                    FROM unnest(:registries::text[], :digests::text[]) AS used (registry, digest)
                    WHERE l.registry = used.registry AND l.digest = used.digest AND l.owner = :node
                    """)
                .param("registries", used.stream().map(Key::registry).toArray(String[]::new))
                .param("digests", used.stream().map(Key::digest).toArray(String[]::new))
                .param("node", this.node)
                .update();
        }
        tell(Map.copyOf(this.seen));
        this.database.sql("DELETE FROM blob_lease WHERE until < now() - interval '1 second'").update();
        this.database.sql("DELETE FROM blob_location WHERE time < now() - interval '12 hours'").update();
    }

    // In order, so that two nodes cannot wait for each other. What is known and not about
    // to be forgotten stays as it is.
    private void tell(Map<Key, String> places) {
        if (places.isEmpty()) {
            return;
        }
        List<Map.Entry<Key, String>> each = List.copyOf(places.entrySet());
        this.database.sql("""
                INSERT INTO blob_location AS l (registry, digest, repository)
                SELECT *
                FROM unnest(:registries::text[], :digests::text[], :repositories::text[])
                    AS n (registry, digest, repository)
                ORDER BY 1, 2
                ON CONFLICT (registry, digest) DO UPDATE SET repository = excluded.repository, time = now()
                WHERE l.time < now() - interval '6 hours'
                """)
            .param("registries", each.stream().map((entry) -> entry.getKey().registry()).toArray(String[]::new))
            .param("digests", each.stream().map((entry) -> entry.getKey().digest()).toArray(String[]::new))
            .param("repositories", each.stream().map(Map.Entry::getValue).toArray(String[]::new))
            .update();
        places.forEach(this.seen::remove);
    }

    /** Lets go of all that this node leads. */
    public void releaseAll() {
        this.database.inTransaction(() -> {
            this.database.sql("DELETE FROM blob_lease WHERE owner = :node").param("node", this.node).update();
        });
    }

    private record Key(String registry, String digest) {
    }

}
