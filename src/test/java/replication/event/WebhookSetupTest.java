package replication.event;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import fixtures.MemoryRegistries;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import replication.Refusal;
import replication.event.WebhookSetup.State;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.Adapters;
import replication.registry.Connections;
import replication.registry.EventSetup;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Webhooks made at a registry, and the one hook that they post to. */
class WebhookSetupTest {

    private static final URI SERVICE = URI.create("https://drayage.example/");

    private final SavedHooks hooks = new SavedHooks();

    private final Map<String, RegistryWebhooks.Webhook> webhooks = new HashMap<>();

    private final List<String> saved = new ArrayList<>();

    private final MemoryRegistries registries = new MemoryRegistries(registry(1, "hooked"), registry(2, "plain"));

    private final Adapters adapters = new Adapters(List.of(adapter("hooked", new Hooked()), adapter("plain", null)));

    private final WebhookSetup setup = new WebhookSetup(this.hooks, this.registries, this.adapters,
            new Connections(this.adapters));

    @Test
    void a_hook_is_made_and_the_webhooks_post_to_it_with_its_secret() {
        WebhookSetup.Made made = make("team", "lib");

        assertThat(made.webhooks()).isEqualTo(Map.of("team", State.CREATED, "lib", State.CREATED));
        Hook hook = this.hooks.byHash.values().iterator().next();
        assertThat(hook.sender()).isEqualTo("harbor");
        RegistryWebhooks.Webhook webhook = webhook("team");
        assertThat(webhook.address().toString()).startsWith("https://drayage.example/api/webhooks/");
        assertThat(this.hooks.byToken(new HookToken(webhook.address().toString().substring(37)).hash())).contains(hook);
        HookDelivery delivery = new HookDelivery(Map.of("authorization", webhook.secret().reveal()), new byte[0]);
        assertThat(hook.proof().holds(delivery, Instant.EPOCH)).isTrue();
        assertThat(webhook("lib").address()).isEqualTo(webhook.address());
    }

    @Test
    void made_again_nothing_changes_and_a_further_namespace_posts_to_the_same_hook() {
        make("team");
        assertThat(make("team").changedNothing()).isTrue();
        assertThat(make("team", "lib").webhooks()).isEqualTo(Map.of("team", State.UNCHANGED, "lib", State.CREATED));
        assertThat(this.saved).containsExactly("team", "lib");
        assertThat(this.hooks.byHash).hasSize(1);
    }

    @Test
    void one_that_was_disabled_or_whose_hook_was_deleted_is_put_right() {
        make("team");
        this.webhooks.computeIfPresent("team", (_, webhook) -> new RegistryWebhooks.Webhook(webhook.name(),
                webhook.address(), webhook.secret(), false));
        assertThat(make("team").webhooks()).containsEntry("team", State.UPDATED);
        assertThat(webhook("team").active()).isTrue();

        this.hooks.byHash.clear();
        assertThat(make("team").webhooks()).containsEntry("team", State.UPDATED);
        assertThat(this.hooks.byHash).hasSize(1);
    }

    @Test
    void a_webhook_of_the_name_that_posts_elsewhere_is_left_and_told() {
        this.webhooks.put("team",
                new RegistryWebhooks.Webhook("drayage", URI.create("https://ci.example/build"), new Secret("x"), true));

        assertThatExceptionOfType(Refusal.Conflict.class).isThrownBy(() -> make("lib", "team"))
            .withMessageContaining("namespace team")
            .withMessageContaining("at ci.example");
        assertThat(this.saved).isEmpty();
        assertThat(this.hooks.byHash).isEmpty();
    }

    @Test
    void a_registry_that_refuses_the_first_leaves_no_hook_behind_and_a_later_one_can_be_repeated() {
        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> make("missing"));
        assertThat(this.hooks.byHash).isEmpty();

        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> make("team", "missing"));
        assertThat(make("team", "lib").webhooks()).containsEntry("team", State.UNCHANGED);
        assertThat(this.hooks.byHash).hasSize(1);
    }

    @Test
    void a_kind_of_registry_without_them_is_refused_by_name() {
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> this.setup.make(2, "drayage", SERVICE, List.of("team")))
            .withMessageContaining("type \"plain\"")
            .satisfies((refused) -> assertThat(refused.field()).isEqualTo("registry_type"));
        assertThatExceptionOfType(Refusal.Missing.class).isThrownBy(() -> this.setup.instructions(9));
    }

    @Test
    void the_steps_name_the_address_and_never_the_secret() {
        assertThat(this.setup.instructions(1).text("https://d.example/x"))
            .isEqualTo("Enter https://d.example/x and the hook's secret.");
        assertThat(this.setup.instructions(2)).isEqualTo(EventSetup.UNKNOWN);
    }

    private RegistryWebhooks.Webhook webhook(String namespace) {
        return Objects.requireNonNull(this.webhooks.get(namespace));
    }

    private WebhookSetup.Made make(String... namespaces) {
        return this.setup.make(1, "drayage", SERVICE, List.of(namespaces));
    }

    private static Registry registry(long id, String type) {
        return new Registry(id, type, "", type, URI.create("https://" + type + ".example"), false,
                RegistryCredential.NONE, null, null, 0);
    }

    private static RegistryAdapter adapter(String identity, @Nullable RegistryConnection connection) {
        return new RegistryAdapter() {

            @Override
            public AdapterInfo info() {
                AdapterInfo info = AdapterInfo.ofImages(identity, identity, "");
                return (connection != null) ? info.withAbilities(Ability.EVENTS_CREATE) : info;
            }

            @Override
            public EventSetup events() {
                return identity.equals("hooked")
                        ? EventSetup.provenByHeader("harbor", "Authorization", "Enter {url} and {secret}.")
                        : EventSetup.UNKNOWN;
            }

            @Override
            public RegistryConnection connect(Registry registry) {
                return (connection != null) ? connection : new Plain();
            }

        };
    }

    /** A registry without webhooks. */
    private static class Plain implements RegistryConnection {

        @Override
        public void check() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stream<String> repositories(RepositoryQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Nothing is open.
        }

    }

    /** A registry with webhooks for all namespaces but one. */
    private final class Hooked extends Plain implements RegistryWebhooks {

        @Override
        public Optional<Webhook> find(String namespace, String name) {
            return Optional.ofNullable(WebhookSetupTest.this.webhooks.get(namespace));
        }

        @Override
        public void save(String namespace, Webhook webhook) {
            if (namespace.equals("missing")) {
                throw new RegistryFailure.NotFound("no such project", RegistryFailure.NotFound.Subject.UNTOLD);
            }
            WebhookSetupTest.this.saved.add(namespace);
            WebhookSetupTest.this.webhooks.put(namespace, webhook);
        }

    }

    /** Hooks in memory. */
    private static final class SavedHooks implements Hooks {

        final Map<String, Hook> byHash = new HashMap<>();

        @Override
        public Hook insert(Hook hook, String tokenHash) {
            Hook saved = new Hook(this.byHash.size() + 1, hook.registryId(), hook.description(), hook.sender(),
                    hook.proof(), null);
            this.byHash.put(tokenHash, saved);
            return saved;
        }

        @Override
        public Optional<Hook> byToken(String tokenHash) {
            return Optional.ofNullable(this.byHash.get(tokenHash));
        }

        @Override
        public List<Hook> of(long registryId) {
            return List.copyOf(this.byHash.values());
        }

        @Override
        public void delete(long registryId, long id) {
            this.byHash.values().removeIf((hook) -> hook.id() == id);
        }

    }

}
