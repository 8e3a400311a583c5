package store;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import oci.model.ClientCertificate;
import oci.model.Credential;
import oci.model.Rates;
import oci.model.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replication.Page;
import replication.PageRequest;
import replication.Refusal;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.ExecutionQuery;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.execution.task.Claim;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs.Line;
import replication.execution.task.TaskLogs.Lines;
import replication.execution.task.TaskLogs.StoredLine;
import replication.policy.Policy;
import replication.registry.Health;
import replication.registry.Registries.RegistryRecord;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import store.history.Partitions;
import store.registry.RegistryTable;
import store.secret.SecretBox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is saved is what is read; names, references and pages keep their rules. */
class TableTest {

    private static final Fixture FIXTURE = new Fixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static Registry withSecret(long id, String name, String secret) {
        return new Registry(id, name, "ours", "oci", URI.create("https://b.example:5000"), true,
                RegistryCredential.basic("robot", new Secret(secret)), Map.of("create", "missing", "scan", true), "PEM",
                new ClientCertificate("PEM of a client", new Secret(secret)), URI.create("http://proxy:3128"),
                new Credential.Basic("ann", new Secret(secret)), 7, Fixture.OFFICE_HOURS,
                Rates.NONE.with(Rates.Kind.MANIFEST_PUT, 10).with(Rates.Kind.ALL, 0), null);
    }

    @Test
    void a_registry_comes_back_as_it_was_saved_and_its_secret_lies_there_sealed() {
        Health health = new Health(Health.Status.UNAUTHORIZED, "401", Instant.parse("2026-01-02T03:04:05Z"));
        RegistryRecord saved = FIXTURE.registries.insert(withSecret(0, "sealed", "hunter2"), health);
        Registry expected = withSecret(saved.registry().id(), "sealed", "hunter2");
        assertThat(FIXTURE.registries.find(expected.id())).contains(new RegistryRecord(expected, health));
        assertThat(FIXTURE.test.jdbc()
            .sql("SELECT registry::text FROM registry WHERE name = 'sealed'")
            .query(String.class)
            .single()).contains("v1:").doesNotContain("hunter2");
    }

    @Test
    void a_secret_of_another_key_is_in_nobody_s_way_and_is_kept_until_it_is_given_anew() {
        long id = FIXTURE.registries.insert(withSecret(0, "foreign", "hunter2"), Health.UNKNOWN).registry().id();
        byte[] other = new byte[32];
        other[5] = 9;
        RegistryTable table = new RegistryTable(FIXTURE.database, new SecretBox(other), java.time.Duration.ZERO);

        Registry locked = table.list("foreign", null, PageRequest.first()).items().getFirst().registry();
        assertThat(locked.readable()).isFalse();
        assertThat(table.find(id).orElseThrow().healthHere().reason()).isEqualTo(Secret.LOCKED);
        assertThat(table.claimForCheck(1000)).extracting(Registry::name).contains("foreign");
        table.update(locked, Health.UNKNOWN);
        assertThat(FIXTURE.registries.find(id).orElseThrow().registry())
            .isEqualTo(withSecret(id, "foreign", "hunter2"));

        table.update(withSecret(id, "foreign", "anew"), Health.UNKNOWN);
        assertThat(table.find(id).orElseThrow().registry()).isEqualTo(withSecret(id, "foreign", "anew"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "NULL", "''", "'v1:'", "'v1:AAAA'", "'v1:?!'", "'v2:AAAA'",
            "overlay(sealed_secret placing 'AAAA' from 20)" })
    void a_damaged_secret_is_in_nobody_s_way(String damaged) {
        long id = FIXTURE.registries.insert(withSecret(0, "damaged" + damaged, "hunter2"), Health.UNKNOWN)
            .registry()
            .id();
        FIXTURE.test.jdbc().sql("UPDATE registry SET sealed_secret = " + damaged + " WHERE id = ?").param(id).update();

        RegistryRecord record = FIXTURE.registries.find(id).orElseThrow();
        assertThat(record.healthHere().status()).isEqualTo(Health.Status.UNAUTHORIZED);
        assertThat(record.healthHere().reason()).isEqualTo(Secret.LOCKED);
        assertThat(FIXTURE.registries.list("damaged", null, PageRequest.first()).items()).contains(record);
    }

    @Test
    void a_registry_s_name_is_taken_once_and_case_matters() {
        FIXTURE.registries.insert(Fixture.registry("Name"), Health.UNKNOWN);
        FIXTURE.registries.insert(Fixture.registry("name"), Health.UNKNOWN);
        assertThatThrownBy(() -> FIXTURE.registries.insert(Fixture.registry("Name"), Health.UNKNOWN))
            .isInstanceOf(Refusal.Conflict.class)
            .hasMessageContaining("Name");
        assertThatThrownBy(() -> FIXTURE.registries.update(withSecret(99_999, "x", "y"), Health.UNKNOWN))
            .isInstanceOf(Refusal.Missing.class);
    }

    @Test
    void a_registry_that_policies_use_is_kept_and_they_are_named() {
        Policy policy = FIXTURE.policy();
        assertThatThrownBy(() -> FIXTURE.registries.delete(policy.destination().registryId()))
            .isInstanceOf(Refusal.Conflict.class)
            .hasMessageContaining(policy.name());
        FIXTURE.policies.delete(policy.id());
        FIXTURE.registries.delete(policy.destination().registryId());
        assertThatThrownBy(() -> FIXTURE.registries.delete(policy.destination().registryId()))
            .isInstanceOf(Refusal.Missing.class);
    }

    @Test
    void each_registry_is_checked_by_one_node_at_a_time() {
        Fixture own = new Fixture();
        own.registries.insert(Fixture.registry("one"), Health.UNKNOWN);
        own.registries.insert(Fixture.registry("two"), Health.UNKNOWN);
        assertThat(own.registries.claimForCheck(1)).hasSize(1);
        assertThat(own.registries.claimForCheck(5)).hasSize(1);
        assertThat(own.registries.claimForCheck(5)).isEmpty();
        own.close();
    }

    @Test
    void a_policy_comes_back_as_it_was_saved_and_so_does_an_execution_s_copy_of_it() {
        Policy policy = FIXTURE.policy();
        assertThat(FIXTURE.policies.find(policy.id())).contains(policy);
        Policy expected = Fixture.policy(policy.name(), policy.source().registryId(),
                policy.destination().registryId());
        assertThat(policy).usingRecursiveComparison()
            .ignoringFields("id", "authorship.creationTime", "authorship.updateTime")
            .isEqualTo(expected);
        Execution execution = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
        assertThat(FIXTURE.executions.snapshot(execution.id())).contains(policy);
    }

    @Test
    void a_policy_of_a_registry_that_is_not_there_is_refused_by_the_field_s_name() {
        Policy policy = FIXTURE.policy();
        assertThatThrownBy(() -> FIXTURE.policies.insert(Fixture.policy("p", policy.source().registryId(), 99_999)))
            .isInstanceOfSatisfying(Refusal.Invalid.class,
                    (refusal) -> assertThat(refusal.field()).isEqualTo("dest_registry_id"));
        assertThatThrownBy(() -> FIXTURE.policies
            .insert(Fixture.policy(policy.name(), policy.source().registryId(), policy.destination().registryId())))
            .isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void a_policy_is_deleted_when_its_executions_have_ended_and_they_stay() {
        Policy policy = FIXTURE.policy();
        long id = FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY).id();
        assertThatThrownBy(() -> FIXTURE.policies.delete(policy.id())).isInstanceOf(Refusal.Conflict.class);
        FIXTURE.stop(id, "ann");
        FIXTURE.policies.delete(policy.id());
        assertThat(FIXTURE.execution(id).policyName()).isEqualTo(policy.name());
        assertThatThrownBy(() -> FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY))
            .isInstanceOf(Refusal.Missing.class);
    }

    @Test
    void lists_go_on_after_the_last_key_and_say_whether_there_is_more() {
        Policy policy = FIXTURE.policy();
        List<Long> ids = List.of(FIXTURE.executions.start(policy, "manual", new Caller("a"), Mode.APPLY).id(),
                FIXTURE.executions.start(policy, "event", new Caller("b"), Mode.APPLY).id(),
                FIXTURE.executions.start(policy, "manual", new Caller("c"), Mode.APPLY).id());
        ExecutionQuery mine = new ExecutionQuery(policy.id(), null, null, null, null);
        var first = FIXTURE.executions.list(mine, new PageRequest(0, 2));
        assertThat(first.items()).extracting(Execution::id).containsExactly(ids.get(2), ids.get(1));
        assertThat(first.more()).isTrue();
        var second = FIXTURE.executions.list(mine, new PageRequest(ids.get(1), 2));
        assertThat(second.items()).extracting(Execution::id).containsExactly(ids.get(0));
        assertThat(second.more()).isFalse();
        Instant start = FIXTURE.execution(ids.get(1)).startTime();
        assertThat(FIXTURE.executions
            .list(new ExecutionQuery(policy.id(), ExecutionState.PENDING, "event", start, start.plusMillis(1)),
                    PageRequest.first())
            .items()).hasSize(1);
        assertThat(FIXTURE.policies.list(policy.name().toUpperCase(java.util.Locale.ROOT), PageRequest.first()).items())
            .contains(policy);
    }

    @Test
    void a_log_is_read_in_order_across_pages_and_stands_odd_characters() {
        Claim claim = FIXTURE.claimed().claim();
        TaskKey key = claim.key();
        Instant time = Instant.parse("2026-01-02T03:04:05.678901Z");
        FIXTURE.logs.append(claim,
                java.util.stream.IntStream.range(0, 2_500)
                    .mapToObj((number) -> new Line(time, number + "\0é"))
                    .toList());
        Page<StoredLine> first = FIXTURE.logs.page(key, new Lines(0, 1_000));
        assertThat(first.items()).hasSize(1_000);
        assertThat(first.items().getFirst().line()).isEqualTo(new Line(time, "0é"));
        assertThat(first.more()).isTrue();
        Page<StoredLine> second = FIXTURE.logs.page(key, new Lines(first.items().getLast().id(), 1_000));
        Page<StoredLine> third = FIXTURE.logs.page(key, new Lines(second.items().getLast().id(), 1_000));
        assertThat(third.items()).hasSize(500);
        assertThat(third.items().getLast().line()).isEqualTo(new Line(time, "2499é"));
        assertThat(third.more()).isFalse();
        FIXTURE.logs.append(claim, List.of());
    }

    @Test
    void partitions_are_made_ahead_and_on_the_way_and_by_many_at_once() {
        Fixture own = new Fixture();
        own.partitions.ensureAhead();
        assertThat(own.count("SELECT count(*) FROM pg_inherits WHERE inhparent = 'task'::regclass")).isEqualTo(2);
        own.test.jdbc().sql("SELECT setval('execution_id_seq', 2999)").query(Long.class).single();
        Race.of(4, () -> new Partitions(own.database).ensure(3_000));
        long id = own.running("app");
        assertThat(id).isEqualTo(3_000);
        assertThat(own.all(id)).hasSize(1);
        assertThat(own.count("SELECT count(*) FROM pg_inherits WHERE inhparent = 'task'::regclass")).isEqualTo(4);
        own.close();
    }

}
