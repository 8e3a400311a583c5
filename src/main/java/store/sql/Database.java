package store.sql;

import java.util.Objects;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database, used by every class of these rooms. Transactions are short, READ
 * COMMITTED, and join an open one. If the database is away, full or a standby, they throw
 * {@link replication.StoreAway}; whether a commit in progress was written is then
 * unknown.
 */
public record Database(JdbcClient jdbc, TransactionTemplate transactions) {

    public static Database of(DataSource source) {
        return of(source, new JdbcTransactionManager(source));
    }

    /** A database whose transactions are those of a manager that other code uses too. */
    public static Database of(DataSource source, PlatformTransactionManager manager) {
        JdbcTemplate template = new JdbcTemplate(source);
        template.setExceptionTranslator(new OutageTranslator());
        return new Database(JdbcClient.create(template), new TransactionTemplate(manager));
    }

    /** The same database with separate transactions, even while one is open. */
    public Database apart() {
        TransactionTemplate own = new TransactionTemplate(
                Objects.requireNonNull(this.transactions.getTransactionManager()));
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new Database(this.jdbc, own);
    }

    /** A statement that may name sets of states, see {@link StateSql}. */
    public JdbcClient.StatementSpec sql(String sql) {
        return this.jdbc.sql(StateSql.render(sql));
    }

    /**
     * A statement about one execution, whose id replaces {@code {execution}} in its text.
     * For statements that run once for each task: with a parameter the planner makes a
     * plan for all partitions, finds it expensive and plans again each time, which takes
     * longer than the statement.
     */
    public JdbcClient.StatementSpec sql(String sql, long executionId) {
        return sql(sql.replace("{execution}", Long.toString(executionId)));
    }

    public <T> T inTransaction(Supplier<T> work) {
        try {
            return this.transactions.execute((status) -> work.get());
        }
        catch (RuntimeException ex) {
            throw Outage.orElse(ex);
        }
    }

    public void inTransaction(Runnable work) {
        inTransaction(() -> {
            work.run();
            return true;
        });
    }

}
