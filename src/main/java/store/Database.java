package store;

import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
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
