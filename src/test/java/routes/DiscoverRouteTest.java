package routes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import fixtures.CountingCopy;
import fixtures.ListedRegistry;
import fixtures.MemoryExecutions;
import fixtures.MemoryRegistries;
import fixtures.MemoryTasks;
import fixtures.RouteBench;
import fixtures.Samples;
import oci.model.RegistryFailure;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replication.StoreAway;
import replication.access.Caller;
import replication.execution.copy.ResourceHandlers;
import replication.execution.flow.Discovery;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.execution.task.PlannedTask;
import replication.policy.Filter;
import replication.policy.Policy;
import replication.registry.Adapters;
import replication.registry.Connections;
import replication.registry.NameRules;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The route {@code discover}. */
class DiscoverRouteTest {

    private final MemoryExecutions executions = new MemoryExecutions();

    private final MemoryTasks tasks = new MemoryTasks(Samples.policy());

    private final AtomicInteger dispatched = new AtomicInteger();

    private final AtomicInteger news = new AtomicInteger();

    @Test
    void writes_a_task_for_every_repository_that_the_filters_let_pass() {
        ListedRegistry registry = new ListedRegistry("lib/app", "lib/web", "other/app");
        Filter apps = Filter.matching("name", "lib/*");
        Filter noWeb = Filter.excluding("name", "**/web");

        discover(Samples.policy(List.of(), "mirror", apps, noWeb), registry);

        assertThat(this.tasks.planned).extracting(PlannedTask::source, PlannedTask::destination)
            .containsExactly(org.assertj.core.groups.Tuple.tuple("lib/app", "mirror/app"));
        assertThat(registry.created).containsExactly("mirror");
        assertThat(this.executions.discovered).containsExactly(1L);
        assertThat(this.dispatched).hasValue(1);
        assertThat(this.news).hasValue(1);
    }

    @Test
    void asks_for_no_catalog_where_the_policy_names_its_repositories() {
        ListedRegistry registry = new ListedRegistry("lib/a", "lib/b");

        discover(Samples.policy(Filter.matching("name", "lib/{a,b}")), registry);

        assertThat(registry.queries).containsExactly(new RepositoryQuery.Named(List.of("lib/a", "lib/b")));
    }

    @Test
    void what_the_policy_names_gets_a_task_also_where_the_source_does_not_list_it() {
        discover(Samples.policy(Filter.matching("name", "lib/{a,b,c}"), Filter.excluding("name", "lib/c")),
                new ListedRegistry("lib/a", "lib/x"));

        assertThat(this.tasks.planned).extracting(PlannedTask::source).containsExactly("lib/a", "lib/b");
    }

    @Test
    void writes_tasks_in_batches_and_makes_a_namespace_once() {
        ListedRegistry registry = new ListedRegistry(
                IntStream.range(0, 1234).mapToObj((i) -> "lib/app" + i).toArray(String[]::new));

        discover(Samples.policy(), registry);

        assertThat(this.tasks.planned).hasSize(1234);
        assertThat(registry.created).containsExactly("lib");
    }

    @Test
    void a_plan_makes_no_namespace() {
        ListedRegistry registry = new ListedRegistry("lib/app");

        this.executions.start(Samples.policy(), "manual", new Caller("ann"), Mode.PLAN);
        send(registry);

        assertThat(this.tasks.planned).hasSize(1);
        assertThat(registry.created).isEmpty();
    }

    @Test
    void what_a_list_that_is_not_whole_has_is_taken_and_what_it_lacks_is_told() {
        ListedRegistry registry = new ListedRegistry(
                IntStream.range(0, 777).mapToObj((i) -> "lib/app" + i).toArray(String[]::new));
        registry.lacking = "list the repositories of a.example: the list is not whole: 1 of its entries is no name: null";

        discover(Samples.policy(), registry);

        assertThat(this.tasks.planned).hasSize(777);
        assertThat(this.executions.discovered).containsExactly(1L);
        assertThat(this.executions.lacks).isEqualTo(registry.lacking);
        assertThat(this.executions.failures).isEmpty();
    }

    @Test
    void a_name_that_the_destination_does_not_take_is_left_out_and_told_once() {
        ListedRegistry registry = new ListedRegistry("team/app", "team/tools/lint", "team/tools/Fmt", "team/web");
        registry.names = new NameRules(2, 2, 255);

        discover(Samples.policy(), registry);

        assertThat(this.tasks.planned).extracting(PlannedTask::source).containsExactly("team/app", "team/web");
        assertThat(this.executions.lacks)
            .isEqualTo("2 repositories are left out, because the destination takes no such name: "
                    + "Listed takes two levels; \"team/tools/lint\" would become \"team/tools-lint\". "
                    + "Listed takes two levels; \"team/tools/Fmt\" would become \"team/tools-Fmt\"");
    }

    @Test
    void a_registry_that_is_away_puts_the_listing_off_and_it_is_made_when_it_is_back() {
        ListedRegistry registry = new ListedRegistry("lib/app");
        registry.checkFails = new RegistryFailure.Transient("ping b.example: connection refused", null);
        this.executions.triesLeft.set(5);

        discover(Samples.policy(), registry);
        send(registry);

        assertThat(this.executions.failures).isEmpty();
        assertThat(this.executions.putOff).containsExactly("ping b.example: connection refused",
                "ping b.example: connection refused");
        registry.checkFails = null;
        registry.listingFails = new RegistryFailure.Transient("list catalog of a.example: 503", null);
        send(registry);
        assertThat(this.executions.putOff).last().isEqualTo("list catalog of a.example: 503");
        registry.listingFails = null;
        send(registry);
        assertThat(this.tasks.planned).hasSize(1);
        assertThat(this.executions.discovered).containsExactly(1L);
    }

    @Test
    void a_failure_that_does_not_pass_ends_the_execution_at_once() {
        ListedRegistry registry = new ListedRegistry("lib/app");
        registry.checkFails = new RegistryFailure.Unauthorized("ping b.example: 401");
        this.executions.triesLeft.set(5);
        discover(Samples.policy(), registry);
        assertThat(this.executions.putOff).isEmpty();
        assertThat(this.executions.failures.get(1L)).isEqualTo("ping b.example: 401");
    }

    @Test
    void a_secret_that_cannot_be_opened_ends_the_execution_at_once() {
        this.executions.triesLeft.set(5);
        this.executions.start(Samples.policy(), "manual", new Caller("admin"), Mode.APPLY);
        send(new ListedRegistry("lib/app"), new MemoryRegistries(Samples.registry(1), Samples.registry(2)) {
            @Override
            public Optional<RegistryRecord> find(long id) {
                throw new IllegalStateException("the secret of registry 1 was sealed with another key");
            }
        });
        assertThat(this.executions.failures.get(1L)).isEqualTo("the secret of registry 1 was sealed with another key");
    }

    @Test
    void a_database_that_is_away_is_no_verdict() {
        this.executions.triesLeft.set(5);
        this.executions.start(Samples.policy(), "manual", new Caller("admin"), Mode.APPLY);
        MemoryRegistries away = new MemoryRegistries(Samples.registry(1), Samples.registry(2)) {
            @Override
            public Optional<RegistryRecord> find(long id) {
                throw new StoreAway(new IllegalStateException("connection refused"));
            }
        };
        assertThatExceptionOfType(CamelExecutionException.class)
            .isThrownBy(() -> send(new ListedRegistry("lib/app"), away))
            .withCauseInstanceOf(StoreAway.class);
        assertThat(this.executions.putOff).isEmpty();
        assertThat(this.executions.failures).isEmpty();
    }

    @Test
    void ends_the_execution_in_one_line_where_a_registry_has_not_answered_for_long_enough() {
        ListedRegistry registry = new ListedRegistry("lib/app");
        registry.checkFails = new RegistryFailure.Transient("ping b.example: connection refused", null);

        discover(Samples.policy(), registry);

        assertThat(this.executions.states.get(1L)).isEqualTo(ExecutionState.FAILED);
        assertThat(this.executions.failures.get(1L)).isEqualTo("ping b.example: connection refused");
        assertThat(this.tasks.planned).isEmpty();
        assertThat(this.news).hasValue(1);
    }

    @Test
    void ends_the_execution_where_the_listing_breaks_off() {
        ListedRegistry registry = new ListedRegistry("lib/app");
        registry.listingFails = new RegistryFailure.Permanent("list catalog of a.example: 403 DENIED");

        discover(Samples.policy(), registry);

        assertThat(this.executions.failures.get(1L)).isEqualTo("list catalog of a.example: 403 DENIED");
        assertThat(this.executions.discovered).isEmpty();
    }

    @Test
    void a_catalog_of_a_hundred_thousand_is_read_a_batch_ahead_of_what_is_written() {
        AtomicInteger read = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ListedRegistry registry = new ListedRegistry(
                () -> IntStream.range(0, 100_000).mapToObj((i) -> "lib/app" + i).peek((_) -> {
                    int ahead = read.incrementAndGet() - this.tasks.written.get();
                    most.accumulateAndGet(ahead, Math::max);
                }));

        discover(Samples.policy(), registry);

        assertThat(this.tasks.written).hasValue(100_000);
        // One batch is written while Camel looks whether another follows.
        assertThat(most).hasValueLessThanOrEqualTo(1001);
    }

    @Test
    void a_stop_breaks_the_listing_off_without_a_verdict() {
        AtomicReference<Discovery> discovery = new AtomicReference<>();
        ListedRegistry registry = new ListedRegistry(
                () -> IntStream.range(0, 10_000).mapToObj((i) -> "lib/app" + i).peek((name) -> {
                    if (name.equals("lib/app2000")) {
                        this.executions.states.put(1L, ExecutionState.STOPPING);
                        Objects.requireNonNull(discovery.get()).applyStops();
                    }
                }));
        this.executions.start(Samples.policy(), "manual", new Caller("admin"), Mode.APPLY);
        Discovery stopped = discovery(registry, new MemoryRegistries(Samples.registry(1), Samples.registry(2)));
        discovery.set(stopped);

        send(stopped);

        assertThat(this.tasks.written).hasValueLessThanOrEqualTo(2000);
        assertThat(this.executions.discovered).isEmpty();
        assertThat(this.executions.failures).isEmpty();
        assertThat(this.executions.putOff).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 700 })
    void what_overflows_the_stack_ends_the_execution(int at) {
        discover(Samples.policy(), new ListedRegistry(() -> IntStream.range(0, 1000).mapToObj((i) -> {
            if (i == at) {
                throw new StackOverflowError();
            }
            return "lib/app" + i;
        })));

        assertThat(this.executions.failures.get(1L))
            .isEqualTo("unforeseen: what came is nested too deep for the stack");
    }

    @Test
    void what_overflows_the_stack_while_a_batch_is_written_ends_the_execution() {
        this.tasks.fails = (_) -> {
            throw new StackOverflowError();
        };

        discover(Samples.policy(), new ListedRegistry("lib/app"));

        assertThat(this.executions.failures.get(1L))
            .isEqualTo("unforeseen: what came is nested too deep for the stack");
    }

    @Test
    void what_cannot_be_written_puts_the_listing_off_and_the_batches_before_stay() {
        this.executions.triesLeft.set(1);
        this.tasks.fails = (batch) -> batch.getFirst().source().equals("lib/app500");
        ListedRegistry registry = new ListedRegistry(() -> IntStream.range(0, 5000).mapToObj((i) -> "lib/app" + i));

        discover(Samples.policy(), registry);

        assertThat(this.tasks.written).hasValue(500);
        assertThat(this.executions.putOff).containsExactly("deadlock detected");

        this.tasks.fails = (_) -> false;
        send(registry);

        assertThat(this.tasks.written).hasValue(5500);
        assertThat(this.executions.discovered).containsExactly(1L);
    }

    @Test
    void does_nothing_for_an_execution_that_was_stopped_before() {
        ListedRegistry registry = new ListedRegistry("lib/app");
        this.executions.start(Samples.policy(), "manual", new Caller("admin"), Mode.APPLY);
        this.executions.states.put(1L, ExecutionState.STOPPING);

        send(registry);

        assertThat(registry.queries).isEmpty();
        assertThat(this.tasks.planned).isEmpty();
    }

    private void discover(Policy policy, ListedRegistry registry) {
        this.executions.start(policy, "manual", new Caller("admin"), Mode.APPLY);
        send(registry);
    }

    private void send(ListedRegistry registry) {
        send(registry, new MemoryRegistries(Samples.registry(1), Samples.registry(2)));
    }

    private void send(ListedRegistry registry, MemoryRegistries registries) {
        send(discovery(registry, registries));
    }

    private Discovery discovery(ListedRegistry registry, MemoryRegistries registries) {
        return new Discovery(this.executions, this.tasks, registries, new Connections(new Adapters(List.of(registry))),
                new ResourceHandlers(List.of(new CountingCopy(0).handler())));
    }

    private void send(Discovery discovery) {
        try (RouteBench bench = RouteBench.with(Map.of("discovery", discovery), new DiscoverRoute(),
                new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:dispatch").process((_) -> DiscoverRouteTest.this.dispatched.incrementAndGet());
                        from("direct:news").process((_) -> DiscoverRouteTest.this.news.incrementAndGet());
                    }
                })) {
            bench.producer().sendBody("direct:discover", 1L);
        }
    }

}
