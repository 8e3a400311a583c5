package app;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import api.Problems;
import api.execution.ExecutionApi;
import api.execution.TaskApi;
import api.registry.AdapterApi;
import api.registry.RegistryApi;
import app.access.AdminPassword;
import app.jobs.Jobs;
import app.settings.Settings;
import app.start.Quickstart;
import app.start.StartReport;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.HostRecords;
import oci.net.HttpSettings;
import oci.net.ProxyEnvironment;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import replication.bandwidth.Bandwidths;
import replication.cluster.BlobLeases;
import replication.cluster.UploadSessions;
import replication.execution.Control;
import replication.execution.Executions;
import replication.execution.copy.ResourceHandler;
import replication.execution.copy.ResourceHandlers;
import replication.execution.flow.Discovery;
import replication.execution.flow.ProgressReport;
import replication.execution.flow.Reports;
import replication.execution.flow.RunningTasks;
import replication.execution.flow.Starts;
import replication.execution.flow.Transfers;
import replication.execution.task.Outcomes;
import replication.execution.task.Progresses;
import replication.execution.task.TaskLogs;
import replication.execution.task.Tasks;
import replication.policy.FilterKinds;
import replication.policy.Policies;
import replication.policy.PolicyEditor;
import replication.registry.Adapters;
import replication.registry.Connections;
import replication.registry.HealthCheck;
import replication.registry.Registries;
import replication.registry.Registry;
import replication.registry.RegistryEditor;
import store.sql.Outage;
import transfer.blob.AbandonedUploads;
import transfer.blob.BlobFlights;
import transfer.blob.RememberedBlobs;
import transfer.image.ImageTransfer;
import transfer.pace.BandwidthThrottle;
import transfer.pace.TransferSettings;

/**
 * The beans that routes call, under the names by which they are called. Route builders
 * are found by their type.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(basePackages = "routes", useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = RouteBuilder.class))
class FlowConfiguration {

    /**
     * A duty that waits for the database holds its thread, so there are more threads than
     * duties.
     */
    private static final int DUTY_THREADS = 32;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Tells ticks which of them start on a node of these roles. */
    @Bean
    PropertiesSource duties(Settings settings) {
        return new PropertiesSource() {
            @Override
            public String getName() {
                return "roles";
            }

            @Override
            public @Nullable String getProperty(String name) {
                return switch (name) {
                    case "nodes.all" -> "true";
                    case "nodes.working" -> String.valueOf(settings.works());
                    default -> null;
                };
            }
        };
    }

    @Bean
    QuartzComponent quartz() {
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(Map.of("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool",
                "org.quartz.threadPool.threadCount", String.valueOf(DUTY_THREADS), "org.quartz.jobStore.class",
                "org.quartz.simpl.RAMJobStore"));
        return quartz;
    }

    @Bean
    HostRecords hostRecords() {
        return new HostRecords();
    }

    @Bean
    HostLimits hostLimits(Settings settings, HostRecords records, ParsingMarks parsingMarks) {
        Settings.Transfer transfer = settings.transfer();
        HostLimits limits = new HostLimits(new LimitSizes(transfer.requests(), transfer.reads(), transfer.writes()),
                records);
        limits.mark(parsingMarks);
        return limits;
    }

    // Before any job starts: it may read the same answer again.
    @Bean
    ParsingMarks parsingMarks(Settings settings, Registries registries) throws IOException {
        ParsingMarks marks = ParsingMarks.of(settings.home());
        marks.report(registries);
        return marks;
    }

    @Bean
    ProxyEnvironment proxyEnvironment() {
        return ProxyEnvironment.of(System.getenv());
    }

    @Bean
    HttpSettings httpSettings(Settings settings, ProxyEnvironment proxies) {
        HttpSettings defaults = HttpSettings.DEFAULTS;
        return new HttpSettings(defaults.connect(), settings.transfer().stall(), defaults.commit(),
                settings.transfer().attempts(), defaults.baseWait(), defaults.maxWait(), defaults.patience(), proxies);
    }

    @Bean
    Connections connections(Adapters adapters) {
        return new Connections(adapters);
    }

    @Bean
    BandwidthThrottle throttles(Bandwidths bandwidths, Clock clock) {
        return new BandwidthThrottle(bandwidths, clock);
    }

    @Bean
    ResourceHandler imageTransfer(Connections connections, BlobLeases leases, UploadSessions sessions,
            BandwidthThrottle throttles, HostRecords records, Clock clock) {
        return new ImageTransfer(content(connections), TransferSettings.DEFAULTS, new BlobFlights(),
                new RememberedBlobs(clock), leases, sessions, throttles, records);
    }

    /** Used by the route tick-uploads. */
    @Bean
    AbandonedUploads abandonedUploads(UploadSessions sessions, Registries registries, Connections connections) {
        return new AbandonedUploads(sessions, registries, content(connections));
    }

    private static Function<Registry, ContentRegistry> content(Connections connections) {
        return (registry) -> connections.to(registry).as(ContentRegistry.class);
    }

    @Bean
    HealthCheck healthCheck(Adapters adapters, Registries registries, Clock clock) {
        return new HealthCheck(adapters, registries, clock);
    }

    @Bean
    RegistryEditor registryEditor(Registries registries, HealthCheck healthCheck, Adapters adapters) {
        return new RegistryEditor(registries, healthCheck, adapters);
    }

    @Bean
    Starts starts(Policies policies, PolicyEditor editor, Executions executions) {
        return new Starts(policies, editor, executions);
    }

    @Bean
    ResourceHandlers resourceHandlers(List<ResourceHandler> handlers) {
        return new ResourceHandlers(handlers);
    }

    @Bean
    Discovery discovery(Executions executions, Tasks tasks, Registries registries, Connections connections,
            ResourceHandlers handlers) {
        return new Discovery(executions, tasks, registries, connections, handlers);
    }

    @Bean
    RunningTasks runningTasks(Tasks tasks) {
        return new RunningTasks(tasks);
    }

    @Bean
    ProgressReport progressReport(Progresses progresses) {
        return new ProgressReport(progresses);
    }

    @Bean
    Transfers transfers(Tasks tasks, Outcomes outcomes, TaskLogs logs, Registries registries, ResourceHandlers handlers,
            FilterKinds filters, RunningTasks running, ProgressReport progress, Clock clock, Settings settings) {
        return new Transfers(tasks, outcomes, logs, registries, handlers, filters, running, progress, clock,
                settings.transfer().window());
    }

    /**
     * Without a bound: a split's steps must never wait for a thread (see TransferRoute).
     */
    @Bean
    ExecutorService copyThreads() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("copy-", 0).factory());
    }

    @Bean
    RegistryApi registryApi(Registries registries, RegistryEditor editor, Adapters adapters, Connections connections,
            HostRecords records) {
        return new RegistryApi(registries, editor, adapters, connections, records);
    }

    @Bean
    AdapterApi adapterApi(Adapters adapters) {
        return new AdapterApi(adapters);
    }

    @Bean
    ExecutionApi executionApi(Starts starts, Executions executions, Tasks tasks, Control control) {
        return new ExecutionApi(starts, executions, tasks, control);
    }

    @Bean
    TaskApi taskApi(Executions executions, Tasks tasks, TaskLogs logs, Control control, Outcomes outcomes) {
        return new TaskApi(executions, tasks, logs, control, new Reports(tasks, outcomes), outcomes);
    }

    @Bean
    Problems problems() {
        return new Problems(Outage::explains);
    }

    @Bean
    StartReport welcome(Settings settings, AdminPassword password, Registries registries, RegistryEditor registryEditor,
            Policies policies, PolicyEditor policyEditor, Starts starts, Executions executions, Jobs jobs) {
        Quickstart quickstart = settings.quickstart()
                ? new Quickstart(settings.layoutRoot(), registries, registryEditor, policies, policyEditor) : null;
        return new StartReport(settings, password, quickstart, starts, executions, jobs);
    }

}
