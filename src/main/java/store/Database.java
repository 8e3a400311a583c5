package store;

import java.util.Objects;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What every class here needs of the database. Transactions are short, READ COMMITTED and
 * join one that is open.
 */
public record Database(JdbcClient jdbc, TransactionTemplate transactions) {

    public static Database of(DataSource source) {
        return new Database(JdbcClient.create(source),
                new TransactionTemplate(new DataSourceTransactionManager(source)));
    }

    /** The same, with transactions of its own although one is open. */
    Database apart() {
        TransactionTemplate own = new TransactionTemplate(
                Objects.requireNonNull(this.transactions.getTransactionManager()));
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new Database(this.jdbc, own);
    }

    JdbcClient.StatementSpec sql(String sql) {
        return this.jdbc.sql(sql);
    }

    <T> T inTransaction(Supplier<T> work) {
        return this.transactions.execute((status) -> work.get());
    }

    void inTransaction(Runnable work) {
        this.transactions.executeWithoutResult((status) -> work.run());
    }

}
