package store.sql;

import java.time.Duration;

/**
 * Lets one node at a time run a periodic duty of the cluster. Nothing is locked while it
 * runs; if the node dies, another has the next turn.
 */
public final class ClusterTurn {

    private final Database database;

    private final String duty;

    private final Duration every;

    public ClusterTurn(Database database, String duty, Duration every) {
        this.database = database;
        this.duty = duty;
        this.every = every;
    }

    /** Takes the turn; false if a node has taken one within the period. */
    public boolean take() {
        return this.database.sql("""
                INSERT INTO duty AS d (name, time) VALUES (:duty, now())
                ON CONFLICT (name) DO UPDATE SET time = now()
                WHERE d.time <= now() - :every * interval '1 millisecond'
                """).param("duty", this.duty).param("every", this.every.toMillis()).update() == 1;
    }

}
