package store.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import com.github.kagkarlsson.shaded.jdbc.JdbcRunner;
import com.github.kagkarlsson.shaded.jdbc.PreparedStatementSetter;
import com.github.kagkarlsson.shaded.jdbc.ResultSetMapper;
import com.github.kagkarlsson.shaded.jdbc.SQLRuntimeException;
import com.zaxxer.hikari.SQLExceptionOverride;
import fixtures.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionSystemException;
import replication.StoreAway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OutageTest {

    private static final TestDatabase TEST = TestDatabase.create();

    private final Database database = Database.of(TEST.dataSource());

    @AfterAll
    static void close() {
        TEST.close();
    }

    @Test
    void a_server_that_goes_away_within_a_transaction_is_away() {
        assertThatExceptionOfType(StoreAway.class).isThrownBy(() -> this.database.inTransaction(this::endSession))
            .withMessageContaining("terminating connection");
    }

    @Test
    void a_server_that_goes_away_before_the_commit_is_away() {
        assertThatExceptionOfType(StoreAway.class).isThrownBy(() -> this.database.inTransaction(() -> {
            int session = this.database.sql("SELECT pg_backend_pid()").query(Integer.class).single();
            this.database.apart()
                .inTransaction(() -> this.database.sql("SELECT pg_terminate_backend(?)")
                    .param(session)
                    .query(Boolean.class)
                    .single());
        }));
    }

    @Test
    void a_server_that_goes_away_within_a_single_statement_is_away() {
        assertThatExceptionOfType(StoreAway.class).isThrownBy(this::endSession);
    }

    @Test
    void a_rollback_over_a_connection_that_was_lost_is_explained_by_what_lost_it() {
        JdbcRunner jobs = new JdbcRunner(TEST.dataSource());
        assertThatExceptionOfType(SQLRuntimeException.class)
            .isThrownBy(() -> jobs.query("SELECT pg_terminate_backend(pg_backend_pid())", PreparedStatementSetter.NOOP,
                    (ResultSetMapper<Boolean>) (rows) -> rows.next()))
            .matches(Outage::explains)
            .withMessageContaining("rollback");
    }

    @Test
    void a_former_primary_that_takes_no_writes_is_away() {
        assertThatExceptionOfType(StoreAway.class).isThrownBy(() -> this.database.inTransaction(() -> {
            this.database.sql("SET TRANSACTION READ ONLY").update();
            this.database.sql("DELETE FROM account").update();
        })).withMessageContaining("read-only transaction");
    }

    @Test
    void connections_to_a_former_primary_are_thrown_away() {
        assertThat(new Outage().adjudicate(new SQLException("read-only", "25006")))
            .isEqualTo(SQLExceptionOverride.Override.MUST_EVICT);
        assertThat(new Outage().adjudicate(new SQLException("duplicate", "23505")))
            .isEqualTo(SQLExceptionOverride.Override.CONTINUE_EVICT);
    }

    @ParameterizedTest
    @ValueSource(strings = { "08006", "53100", "53300", "57P01", "57P03", "58030", "25006", "25P03", "25P04", "57P05" })
    void these_states_say_that_it_is_away_full_or_a_standby(String state) {
        assertThat(Outage.explains(new IllegalStateException(new SQLException("", state)))).isTrue();
    }

    @Test
    void a_commit_whose_rollback_has_no_connection_either_is_away() {
        TransactionSystemException rollback = new TransactionSystemException("JDBC rollback failed",
                new SQLException("Connection is closed"));
        rollback.initApplicationException(
                new DataAccessResourceFailureException("JDBC commit", new SQLException("gone", "08006")));
        assertThat(Outage.orElse(rollback)).isInstanceOf(StoreAway.class);

        TransactionSystemException other = new TransactionSystemException("JDBC rollback failed");
        other.initApplicationException(new DuplicateKeyException("twice"));
        assertThat(Outage.orElse(other)).isInstanceOf(DuplicateKeyException.class);
    }

    /** Spring keeps no more than this of a commit that failed before. */
    @Test
    void a_rollback_that_fails_alone_is_away() {
        assertThat(Outage
            .orElse(new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"))))
            .isInstanceOf(StoreAway.class);
    }

    @Test
    void a_pool_whose_connections_are_all_in_use_is_told_from_a_database_that_is_away() {
        assertThat(Outage.away(new SQLTransientConnectionException("timed out")))
            .hasMessage("all connections to the database are in use: timed out");
        assertThat(Outage.away(new SQLTransientConnectionException("timed out", new SQLException("refused", "08001"))))
            .hasMessage("the database does not answer: timed out");
    }

    @Test
    void a_pool_without_a_connection_to_give_says_so_too() {
        assertThat(Outage.explains(new SQLTransientConnectionException("request timed out"))).isTrue();
    }

    @Test
    void a_statement_that_is_wrong_stays_what_it_is() {
        this.database.sql("INSERT INTO account (name, password_hash) VALUES ('ann', '')").update();

        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> this.database.inTransaction(() -> {
            this.database.sql("INSERT INTO account (name, password_hash) VALUES ('ann', '')").update();
        }));
        assertThat(Outage.explains(new SQLException("canceling statement due to user request", "57014"))).isFalse();
        assertThat(Outage.explains(new SQLException("no state"))).isFalse();
    }

    private void endSession() {
        this.database.sql("SELECT pg_terminate_backend(pg_backend_pid())").query(Boolean.class).single();
    }

}
