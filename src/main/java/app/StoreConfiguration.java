package app;

import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import app.jobs.DatabaseWatch;
import app.settings.NodeName;
import app.settings.Settings;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import oci.model.HostRecords;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import replication.bandwidth.Bandwidths;
import replication.cluster.Cluster;
import replication.execution.Control;
import replication.execution.Executions;
import replication.execution.Summaries;
import replication.execution.state.RetryPlan;
import replication.execution.task.Outcomes;
import replication.execution.task.Progresses;
import replication.execution.task.TaskLogs;
import replication.execution.task.Tasks;
import replication.policy.Policies;
import replication.registry.Registries;
import store.cluster.KeyPrint;
import store.embedded.EmbeddedDatabase;
import store.execution.ControlTable;
import store.execution.ExecutionTable;
import store.execution.ScheduleTable;
import store.execution.SummaryTable;
import store.history.Partitions;
import store.history.Retention;
import store.policy.BandwidthTable;
import store.policy.PolicyTable;
import store.registry.Accounts;
import store.registry.HostTraitTable;
import store.registry.RegistryTable;
import store.secret.KeyFile;
import store.secret.SealedSecrets;
import store.secret.SecretBox;
import store.sql.Database;
import store.sql.Outage;
import store.sql.SessionStart;
import store.task.AbandonedJobs;
import store.task.OutcomeTable;
import store.task.ProgressTable;
import store.task.TaskLogTable;
import store.task.TaskTable;

/** PostgreSQL, embedded or the user's own, and the tables on it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /**
     * Tasks that wait in the queue already have their node; a longer queue only makes
     * fairness coarser.
     */
    private static final int QUEUE_PER_SLOT = 2;

    /** After this long without a connection a request is answered 503. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** For a new connection, and for one that is asked whether it still lives. */
    private static final Duration VALIDATION = Duration.ofSeconds(2);

    /** A database may come up a little after its Drayage. */
    private static final Duration START = Duration.ofSeconds(10);

    private static final Duration KEEPALIVE = Duration.ofSeconds(30);

    /**
     * After this time a server that has vanished (a failover, a cut cable) is noticed; no
     * statement takes nearly as long.
     */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Duration SUMMARY_PAUSE = Duration.ofSeconds(1);

    /** A little less than the time between two ticks of a node. */
    private static final Duration SWEEP = Duration.ofSeconds(4);

    @Bean
    NodeName nodeName(Settings settings) {
        return NodeName.of(settings.node());
    }

    @Bean
    @Conditional(NoDatabaseUrl.class)
    EmbeddedDatabase embeddedDatabase(Settings settings) {
        return EmbeddedDatabase.start(settings.home());
    }

    @Bean
    HikariDataSource dataSource(Settings settings, ObjectProvider<EmbeddedDatabase> embedded) {
        HikariConfig hikari = new HikariConfig();
        EmbeddedDatabase own = embedded.getIfAvailable();
        hikari.setPoolName("drayage");
        hikari.setMaximumPoolSize(settings.db().pool());
        hikari.setJdbcUrl((own != null) ? own.jdbcUrl() : settings.db().readableUrl());
        hikari.setUsername((own != null) ? own.user() : settings.db().user());
        hikari.setPassword((own != null) ? own.password() : settings.db().password());
        hikari.setConnectionTimeout(PATIENCE.toMillis());
        hikari.setValidationTimeout(VALIDATION.toMillis());
        hikari.setInitializationFailTimeout(START.toMillis());
        hikari.setKeepaliveTime(KEEPALIVE.toMillis());
        hikari.setExceptionOverride(new Outage());
        hikari.setConnectionInitSql(SessionStart.sql(SessionStart.REST));
        // In seconds; the URL may set others.
        hikari.addDataSourceProperty("connectTimeout", VALIDATION.toSeconds());
        hikari.addDataSourceProperty("socketTimeout", SILENCE.toSeconds());
        hikari.addDataSourceProperty("tcpKeepAlive", true);
        return new HikariDataSource(hikari);
    }

    /** Used by the routes of the ticks. */
    @Bean
    DatabaseWatch databaseWatch(Clock clock) {
        return new DatabaseWatch(clock);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> databaseWatchBegins(DatabaseWatch watch) {
        return (_) -> watch.begin();
    }

    /** Over connections of their own, for an index on a large table may take long. */
    @Bean
    FlywayConfigurationCustomizer migrations(HikariDataSource pool) {
        return (flyway) -> flyway.dataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
    }

    @Bean
    @DependsOnDatabaseInitialization
    Database database(DataSource dataSource, PlatformTransactionManager manager) {
        return Database.of(dataSource, manager);
    }

    @Bean
    SecretBox secretBox(Settings settings, JdbcClient jdbc) {
        SecretBox box = new SecretBox(new KeyFile(settings.home()).load(settings.key(), new SealedSecrets(jdbc)));
        new KeyPrint(jdbc, box).compare();
        return box;
    }

    @Bean
    Accounts accounts(JdbcClient jdbc) {
        return new Accounts(jdbc);
    }

    @Bean
    Registries registries(Database database, SecretBox secrets, Settings settings) {
        return new RegistryTable(database, secrets, settings.registries().checkInterval());
    }

    @Bean
    ScheduleTable schedules(Database database, Partitions partitions) {
        return new ScheduleTable(database, partitions);
    }

    @Bean
    Policies policies(Database database, ScheduleTable schedules) {
        return new PolicyTable(database, schedules::plan);
    }

    @Bean
    Partitions partitions(Database database) {
        return new Partitions(database);
    }

    @Bean
    Retention retention(Database database, Partitions partitions, Settings settings) {
        return new Retention(database, partitions, settings.history().retention(), settings.history().keep());
    }

    @Bean
    Executions executions(Database database, Partitions partitions, NodeName node, Settings settings,
            ObjectProvider<EmbeddedDatabase> embedded) {
        partitions.ensureAhead();
        if (embedded.getIfAvailable() != null) {
            // Its lock excludes other nodes: the node that picked a job is gone.
            new AbandonedJobs(database).release();
        }
        return new ExecutionTable(database, partitions, node.name(), settings.retry().listing());
    }

    @Bean
    Control control(Database database) {
        return new ControlTable(database);
    }

    @Bean
    Tasks tasks(Database database, NodeName node, Settings settings, Cluster cluster) {
        return new TaskTable(database, node.name(), () -> QUEUE_PER_SLOT * cluster.slots(),
                new RetryPlan(settings.retry().times(), settings.retry().pause(), settings.retry().most()));
    }

    @Bean
    Bandwidths bandwidths(Database database, NodeName node) {
        return new BandwidthTable(database, node.name());
    }

    /** Used by the route tick-traits. */
    @Bean
    HostTraitTable hostTraits(Database database, HostRecords records) {
        return new HostTraitTable(database, records);
    }

    @Bean
    Progresses progresses(Database database) {
        return new ProgressTable(database);
    }

    @Bean
    Outcomes outcomes(Database database) {
        return new OutcomeTable(database);
    }

    @Bean
    TaskLogs taskLogs(Database database) {
        return new TaskLogTable(database);
    }

    @Bean
    Summaries summaries(Database database) {
        return new SummaryTable(database, SUMMARY_PAUSE, SWEEP);
    }

    /** As text, and not in an expression: the URL may hold a password. */
    private static final class NoDatabaseUrl implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("drayage.db.url", "").isBlank();
        }

    }

}
