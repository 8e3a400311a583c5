package store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.task.ClaimedTask;
import replication.execution.task.TaskKey;
import store.sql.Database;
import store.sql.Locks;
import store.sql.Outage;
import store.sql.SessionStart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A node that stands still between two statements of a transaction, as by a SIGSTOP or a
 * cut of its power, does not hold up the others.
 */
@Timeout(60)
class StandstillTest {

    private static final Fixture FIXTURE = new Fixture();

    private final HikariDataSource pool = new HikariDataSource();

    @BeforeEach
    void open() {
        FIXTURE.clear();
        this.pool.setJdbcUrl(((HikariDataSource) FIXTURE.test.dataSource()).getJdbcUrl());
        this.pool.setMaximumPoolSize(2);
        this.pool.setExceptionOverride(new Outage());
        this.pool.setConnectionInitSql(SessionStart.sql(Duration.ofMillis(500)));
    }

    @AfterEach
    void closePool() {
        this.pool.close();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void others_dispatch_and_who_wakes_up_is_told_that_the_database_was_away() throws SQLException {
        long id = FIXTURE.running("app");
        try (Connection still = this.pool.getConnection()) {
            still.setAutoCommit(false);
            execute(still, "SELECT pg_advisory_xact_lock(" + Locks.DISPATCH + ")");
            assertThat(FIXTURE.tasks.dispatch()).isZero();

            Awaitility.await("others dispatch")
                .atMost(Duration.ofSeconds(20))
                .until(() -> FIXTURE.otherNode.dispatch() == 1);

            assertThatThrownBy(() -> execute(still, "UPDATE task SET state = 'queued' WHERE execution_id = " + id))
                .satisfies((failure) -> assertThat(Outage.explains(failure)).isTrue());
        }
    }

    @Test
    void its_task_is_taken_by_another_though_it_stands_still_in_the_middle_of_a_write() throws SQLException {
        ClaimedTask task = FIXTURE.claimed();
        TaskKey key = task.claim().key();
        try (Connection still = this.pool.getConnection()) {
            still.setAutoCommit(false);
            execute(still, "UPDATE task SET bytes = bytes + 7 WHERE execution_id = " + key.executionId() + " AND id = "
                    + key.taskId());

            ClaimedTask next = FIXTURE.otherNode.claim(key).orElseThrow();

            FIXTURE.outcomes.record(next, List.of(Outcome.copied(new Subject.Tag("1"), "sha256:1", 10)));
            assertThat(FIXTURE.task(key).artifacts().bytes()).isEqualTo(10);
            assertThatThrownBy(() -> execute(still, "SELECT 1"))
                .satisfies((failure) -> assertThat(Outage.explains(failure)).isTrue());
        }
        // What was ended is not given out again.
        try (Connection fresh = this.pool.getConnection()) {
            execute(fresh, "SELECT 1");
        }
    }

    @Test
    void a_transaction_that_rests_on_purpose_is_left_alone() {
        Database database = Database.of(this.pool);
        database.inTransaction(() -> {
            SessionStart.mayRest(database);
            database.apart().inTransaction(() -> database.sql("SELECT pg_sleep(1)").query((_, _) -> true).single());
            assertThat(database.sql("SELECT 1").query(Integer.class).single()).isEqualTo(1);
        });
    }

}
