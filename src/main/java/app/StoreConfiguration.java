package app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import replication.execution.Executions;
import replication.execution.Outcomes;
import replication.execution.Summaries;
import replication.execution.TaskLogs;
import replication.execution.Tasks;
import replication.policy.Policies;
import replication.registry.Registries;
import store.Accounts;
import store.EmbeddedDatabase;
import store.ExecutionTable;
import store.JobQueue;
import store.KeyFile;
import store.OutcomeTable;
import store.Partitions;
import store.PolicyTable;
import store.RegistryTable;
import store.SecretBox;
import store.SummaryTable;
import store.TaskLogTable;
import store.TaskTable;

/** PostgreSQL, embedded or the user's own, and the tables on it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /**
     * Queued tasks wait with their node already found; more of them only make fairness
     * coarser.
     */
    private static final int QUEUE_PER_SLOT = 2;

    @Bean
    NodeName nodeName(Settings settings) {
        return NodeName.of(settings.node());
    }

    @Bean
    @ConditionalOnExpression("'${drayage.db.url:}'.isBlank()")
    EmbeddedDatabase embeddedDatabase(Settings settings) {
        return EmbeddedDatabase.start(settings.home().resolve("postgres"));
    }

    @Bean
    HikariDataSource dataSource(Settings settings, ObjectProvider<EmbeddedDatabase> embedded) {
        HikariConfig hikari = new HikariConfig();
        EmbeddedDatabase own = embedded.getIfAvailable();
        hikari.setPoolName("drayage");
        hikari.setMaximumPoolSize(settings.db().pool());
        hikari.setJdbcUrl((own != null) ? own.url() : settings.db().url());
        if (own == null) {
            hikari.setUsername(settings.db().user());
            hikari.setPassword(settings.db().password());
        }
        return new HikariDataSource(hikari);
    }

    @Bean
    TransactionOperations transactions(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    @Bean
    SecretBox secretBox(Settings settings) {
        return new SecretBox(KeyFile.load(settings.key(), settings.home().resolve("keys/secrets.key")));
    }

    @Bean
    Accounts accounts(JdbcClient jdbc) {
        return new Accounts(jdbc);
    }

    @Bean
    Registries registries(JdbcClient jdbc, SecretBox secrets, Settings settings) {
        return new RegistryTable(jdbc, secrets, settings.registries().checkInterval());
    }

    @Bean
    Policies policies(JdbcClient jdbc) {
        return new PolicyTable(jdbc);
    }

    @Bean
    Partitions partitions(JdbcClient jdbc, TransactionOperations transactions) {
        return new Partitions(jdbc, transactions);
    }

    @Bean
    JobQueue jobQueue(JdbcClient jdbc, ObjectProvider<EmbeddedDatabase> embedded) {
        JobQueue queue = new JobQueue(jdbc);
        if (embedded.getIfAvailable() != null) {
            // Its lock says that no other node is on it: whoever picked a job is gone.
            queue.releaseAll();
        }
        return queue;
    }

    @Bean
    Executions executions(JdbcClient jdbc, TransactionOperations transactions, JobQueue jobs, Partitions partitions) {
        partitions.ensureAhead();
        return new ExecutionTable(jdbc, transactions, jobs, partitions);
    }

    @Bean
    Tasks tasks(JdbcClient jdbc, TransactionOperations transactions, NodeName node, Settings settings) {
        return new TaskTable(jdbc, transactions, node.name(), QUEUE_PER_SLOT * settings.transfer().tasks());
    }

    @Bean
    Outcomes outcomes(JdbcClient jdbc) {
        return new OutcomeTable(jdbc);
    }

    @Bean
    TaskLogs taskLogs(JdbcClient jdbc) {
        return new TaskLogTable(jdbc);
    }

    @Bean
    Summaries summaries(JdbcClient jdbc, TransactionOperations transactions) {
        return new SummaryTable(jdbc, transactions);
    }

}
