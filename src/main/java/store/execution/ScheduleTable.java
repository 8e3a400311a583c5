package store.execution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Refusal;
import replication.access.Caller;
import replication.execution.state.Mode;
import replication.policy.Policy;
import replication.policy.Schedules;
import replication.policy.Timetable;
import store.history.Partitions;
import store.policy.PolicyJson;
import store.policy.PolicyTable;
import store.sql.Columns;
import store.sql.Database;

/**
 * The table {@code schedule}: the next time of each policy, by the database's clock.
 * <p>
 * One node fires a time: it locks the row and writes the next time in the transaction
 * that starts the execution, and other nodes skip a locked row. The policy's row is
 * locked as well, so that an edit comes either before or after it.
 */
public final class ScheduleTable implements Schedules {

    private static final Caller BY_SCHEDULE = new Caller("schedule");

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleTable.class);

    /** How many policies start at one tick; the others start at the next. */
    private static final int AT_ONCE = 500;

    /** A time that is this late was missed; a tick is never so late. */
    private static final Duration MISSED = Duration.ofMinutes(1);

    private final Database database;

    private final ExecutionStart start;

    public ScheduleTable(Database database, Partitions partitions) {
        this.database = database;
        this.start = new ExecutionStart(database, partitions);
    }

    @Override
    public int fireDue() {
        int started = 0;
        for (int fired = 0; fired < AT_ONCE; fired++) {
            Optional<Boolean> next = fireNext();
            if (next.isEmpty()) {
                break;
            }
            started += next.get() ? 1 : 0;
        }
        return started;
    }

    // Whether an execution was started; empty if nothing was due.
    private Optional<Boolean> fireNext() {
        // Nothing is due most of the time; then no id is used up.
        if (!this.database.sql("SELECT EXISTS (SELECT FROM schedule WHERE due <= now())")
            .query(Boolean.class)
            .single()) {
            return Optional.empty();
        }
        long id = this.start.newId();
        return this.database.inTransaction(() -> claim().map((due) -> {
            planNext(due);
            return !leftOut(due) && begins(due, id);
        }));
    }

    private Optional<Due> claim() {
        return this.database.sql("""
                SELECT s.place, s.time, s.due, now() AS now, to_jsonb(p) AS policy
                FROM schedule s JOIN policy p ON p.id = s.policy_id
                WHERE s.due <= now()
                ORDER BY s.due
                LIMIT 1
                FOR NO KEY UPDATE OF s, p SKIP LOCKED
                """).query(ScheduleTable::read).optional();
    }

    private static Due read(ResultSet row, int number) throws SQLException {
        return new Due(PolicyTable.read(row, number), row.getInt("place"), Columns.time(row, "time"),
                Columns.time(row, "due"), Columns.time(row, "now"));
    }

    // Computes the next time from the due one, or from now if times were missed.
    private void planNext(Due due) {
        Instant from = due.missed() ? due.now : due.time;
        Optional<Instant> next = due.timetable().next(from, 1).stream().findFirst();
        if (next.isPresent() && next.get().isBefore(due.now.minus(MISSED))) {
            next = due.timetable().next(due.now, 1).stream().findFirst();
        }
        if (next.isEmpty()) {
            this.database.sql("DELETE FROM schedule WHERE policy_id = :policy AND place = :place")
                .param("policy", due.policy.id())
                .param("place", due.place)
                .update();
            return;
        }
        this.database.sql("""
                UPDATE schedule SET time = :time, due = :due WHERE policy_id = :policy AND place = :place
                """)
            .param("time", Columns.timestamptz(next.get()))
            .param("due", Columns.timestamptz(due.timetable().spread(next.get(), ThreadLocalRandom.current())))
            .param("policy", due.policy.id())
            .param("place", due.place)
            .update();
    }

    private static boolean leftOut(Due due) {
        boolean leftOut = due.missed() && due.timetable().misfire() == Timetable.Misfire.SKIP;
        if (leftOut) {
            LOG.warn("policy {} was due at {} while no node ran; it is skipped, as its misfire says", due.policy.name(),
                    due.due);
        }
        return leftOut;
    }

    private boolean begins(Due due, long id) {
        try {
            this.start.within(id, due.policy, "scheduled", BY_SCHEDULE, Mode.APPLY);
            return true;
        }
        catch (Refusal.Conflict ex) {
            LOG.info("policy {} was due at {} but does not start: {}", due.policy.name(), due.due, ex.getMessage());
            return false;
        }
    }

    /**
     * Writes the times of a policy that the caller's transaction has just saved. A
     * timetable that existed before keeps its time, which may be due or delayed by its
     * spread, whatever its position is now.
     */
    public void plan(Policy policy) {
        List<Planned> before = clear(policy.id());
        Instant now = this.database.sql("SELECT now()").query((row, number) -> Columns.time(row, "now")).single();
        for (Timetabled each : policy.enabled() ? Timetabled.of(policy) : List.<Timetabled>of()) {
            Optional<Planned> same = before.stream()
                .filter((planned) -> planned.timetable.equals(each.text()))
                .findFirst();
            same.ifPresent(before::remove);
            same.or(() -> planned(each, now)).ifPresent((planned) -> insert(policy, each.place, planned));
        }
    }

    // In the order of their positions, so that triggers with the same timetable keep
    // theirs.
    private List<Planned> clear(long policyId) {
        return new ArrayList<>(this.database.sql("""
                WITH gone AS (DELETE FROM schedule WHERE policy_id = :policy RETURNING *)
                SELECT timetable, time, due FROM gone ORDER BY place
                """)
            .param("policy", policyId)
            .query((row, number) -> new Planned(row.getString("timetable"), Columns.time(row, "time"),
                    Columns.time(row, "due")))
            .list());
    }

    private static Optional<Planned> planned(Timetabled each, Instant now) {
        return each.timetable.next(now, 1)
            .stream()
            .findFirst()
            .map((next) -> new Planned(each.text(), next, each.timetable.spread(next, ThreadLocalRandom.current())));
    }

    private void insert(Policy policy, int place, Planned planned) {
        this.database.sql("""
                INSERT INTO schedule (policy_id, place, timetable, time, due)
                VALUES (:policy, :place, :timetable, :time, :due)
                """)
            .param("policy", policy.id())
            .param("place", place)
            .param("timetable", planned.timetable)
            .param("time", Columns.timestamptz(planned.time))
            .param("due", Columns.timestamptz(planned.due))
            .update();
    }

    private record Planned(String timetable, Instant time, Instant due) {
    }

    private record Due(Policy policy, int place, Instant time, Instant due, Instant now) {

        Timetable timetable() {
            return this.policy.triggers().get(this.place).byTheClock().orElseThrow();
        }

        boolean missed() {
            return this.due.isBefore(this.now.minus(MISSED));
        }

    }

    private record Timetabled(int place, Timetable timetable) {

        static List<Timetabled> of(Policy policy) {
            return IntStream.range(0, policy.triggers().size())
                .boxed()
                .flatMap((place) -> policy.triggers()
                    .get(place)
                    .byTheClock()
                    .map((timetable) -> new Timetabled(place, timetable))
                    .stream())
                .toList();
        }

        String text() {
            return PolicyJson.write(this.timetable);
        }

    }

}
