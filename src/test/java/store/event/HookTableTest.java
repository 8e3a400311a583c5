package store.event;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import oci.model.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import replication.Refusal;
import replication.event.Hook;
import replication.event.Intake;
import replication.event.Proof;
import replication.event.RegistryEvent;
import replication.registry.Health;
import store.Fixture;
import store.secret.SealedSecrets;
import store.secret.SecretBox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where registries may tell what happens to them. */
class HookTableTest {

    private static final Fixture FIXTURE = new Fixture();

    private static final String TOKEN = "the token of a path";

    private static final String SECRET = "d2hhdCBvbmx5IHdlIGtub3c=";

    private final HookTable hooks = new HookTable(FIXTURE.database, new SecretBox(Fixture.key()));

    private final long registry = FIXTURE.registries.insert(Fixture.registry(FIXTURE.newName("hooked")), Health.UNKNOWN)
        .registry()
        .id();

    @BeforeEach
    void clear() {
        FIXTURE.test.jdbc().sql("DELETE FROM hook").update();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private Hook save(Proof proof, String token) {
        return this.hooks.insert(new Hook(0, this.registry, "the cluster's", "harbor", proof, null),
                Intake.hash(token));
    }

    /** All that the database holds of hooks, as whoever reads a dump of it. */
    private static String dump() {
        return String.join("\n",
                FIXTURE.test.jdbc().sql("SELECT to_jsonb(hook)::text FROM hook").query(String.class).list());
    }

    static Stream<Proof> proofs() {
        Secret secret = new Secret(SECRET);
        return Stream.of(new Proof.None(), new Proof.Header("Authorization", secret),
                new Proof.Hmac("X-Hub-Signature-256", secret), new Proof.StandardWebhook(secret));
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void what_is_saved_is_found_by_its_token_and_by_no_other(Proof proof) {
        Hook saved = save(proof, TOKEN);
        assertThat(saved.id()).isPositive();
        assertThat(saved.creationTime()).isNotNull();
        assertThat(saved.proof()).isEqualTo(proof);
        assertThat(saved.sender()).isEqualTo("harbor");
        assertThat(saved.description()).isEqualTo("the cluster's");
        assertThat(this.hooks.byToken(Intake.hash(TOKEN))).contains(saved);
        assertThat(this.hooks.byToken(Intake.hash("guessed"))).isEmpty();
        assertThat(this.hooks.byToken(TOKEN)).isEmpty();
        assertThat(this.hooks.of(this.registry)).containsExactly(saved);
        assertThat(this.hooks.of(this.registry + 1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void the_database_shows_neither_token_nor_secret(Proof proof) {
        Hook saved = save(proof, TOKEN);
        assertThat(dump()).contains(Intake.hash(TOKEN)).doesNotContain(TOKEN).doesNotContain(SECRET);
        assertThat(saved.toString()).doesNotContain(SECRET);
        assertThat(new SealedSecrets(FIXTURE.test.jdbc()).getAsBoolean()).isEqualTo(!(proof instanceof Proof.None));
    }

    @Test
    void a_token_has_one_hook() {
        save(new Proof.None(), TOKEN);
        assertThatThrownBy(() -> save(new Proof.None(), TOKEN)).isInstanceOf(RuntimeException.class)
            .hasMessageNotContaining(TOKEN);
        assertThat(this.hooks.of(this.registry)).hasSize(1);
    }

    @Test
    void a_registry_has_many_in_the_order_in_which_they_came() {
        List<Hook> saved = Stream.of("a", "b", "c").map((token) -> save(new Proof.None(), token)).toList();
        assertThat(this.hooks.of(this.registry)).containsExactlyElementsOf(saved);
    }

    @Test
    void a_registry_that_is_not_there_has_none() {
        assertThatThrownBy(
                () -> this.hooks.insert(new Hook(0, 99_999, "", "", new Proof.None(), null), Intake.hash(TOKEN)))
            .isInstanceOf(Refusal.Missing.class)
            .hasMessageContaining("99999");
    }

    @Test
    void a_registry_s_deletion_takes_its_hooks_and_events_along() {
        save(new Proof.None(), TOKEN);
        new EventTable(FIXTURE.database, FIXTURE.partitions, Duration.ZERO).add(this.registry,
                List.of(RegistryEvent.ofImage("1", RegistryEvent.Kind.PUSH, "app", "v1", null)));
        FIXTURE.registries.delete(this.registry);
        assertThat(this.hooks.byToken(Intake.hash(TOKEN))).isEmpty();
        assertThat(FIXTURE.count("SELECT count(*) FROM event")).isZero();
    }

    @Test
    void one_is_deleted_by_its_registry_alone() {
        Hook saved = save(new Proof.None(), TOKEN);
        assertThatThrownBy(() -> this.hooks.delete(this.registry + 1, saved.id())).isInstanceOf(Refusal.Missing.class);
        assertThat(this.hooks.byToken(Intake.hash(TOKEN))).isPresent();
        this.hooks.delete(this.registry, saved.id());
        assertThat(this.hooks.byToken(Intake.hash(TOKEN))).isEmpty();
        assertThatThrownBy(() -> this.hooks.delete(this.registry, saved.id())).isInstanceOf(Refusal.Missing.class);
    }

    @Test
    void a_proof_of_another_key_is_in_nobody_s_way_but_cannot_be_checked() {
        save(new Proof.Header("Authorization", new Secret(SECRET)), TOKEN);
        byte[] other = new byte[32];
        other[0] = 1;
        HookTable elsewhere = new HookTable(FIXTURE.database, new SecretBox(other));
        Hook locked = elsewhere.byToken(Intake.hash(TOKEN)).orElseThrow();
        assertThat(locked.proof().readable()).isFalse();
        assertThat(elsewhere.of(this.registry)).containsExactly(locked);
        Secret secret = ((Proof.Header) locked.proof()).secret();
        assertThatThrownBy(secret::reveal).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("the secret of hook")
            .hasMessageContaining("sealed with another key than this node's")
            .hasMessageContaining("DRAYAGE_KEY")
            .hasMessageNotContaining(TOKEN)
            .hasMessageNotContaining(SECRET);
    }

    @Test
    void a_secret_that_is_moved_to_another_hook_does_not_open() {
        save(new Proof.Header("Authorization", new Secret(SECRET)), TOKEN);
        save(new Proof.Header("Authorization", new Secret("another")), "another token");
        FIXTURE.test.jdbc()
            .sql("UPDATE hook SET sealed_secret = (SELECT sealed_secret FROM hook WHERE token_hash = ?)")
            .param(Intake.hash(TOKEN))
            .update();
        assertThat(this.hooks.byToken(Intake.hash(TOKEN)).orElseThrow().proof().readable()).isTrue();
        assertThat(this.hooks.byToken(Intake.hash("another token")).orElseThrow().proof().readable()).isFalse();
    }

}
