package replication.registry;

import oci.model.Reason;
import oci.model.Secret;
import replication.Refusal;
import replication.registry.Registries.RegistryRecord;

/**
 * Creates and updates registries. A registry that cannot be reached is saved only if the
 * caller insists.
 */
public final class RegistryEditor {

    private final Registries registries;

    private final HealthCheck healthCheck;

    private final Adapters adapters;

    public RegistryEditor(Registries registries, HealthCheck healthCheck, Adapters adapters) {
        this.registries = registries;
        this.healthCheck = healthCheck;
        this.adapters = adapters;
    }

    /**
     * Saves a new registry.
     */
    public RegistryRecord create(Registry registry, Insistence insistence) {
        return this.registries.insert(registry, accepted(registry, insistence));
    }

    /** Checks a registry, saved or not. */
    public Health check(Registry registry) {
        this.adapters.of(registry.type()).info().check(registry);
        return this.healthCheck.check(registry);
    }

    /**
     * Saves changes to a registry. A credential without its secrets keeps the saved ones,
     * but only for the same account at the same hosts: a saved secret is never sent to
     * another host.
     */
    public RegistryRecord update(Registry registry, Insistence insistence) {
        Registry saved = this.registries.find(registry.id())
            .orElseThrow(() -> new Refusal.Missing("registry", registry.id()))
            .registry();
        Registry whole = withKnownSecrets(registry, saved);
        return this.registries.update(whole, accepted(whole, insistence));
    }

    private Health accepted(Registry registry, Insistence insistence) {
        if (insistence == Insistence.NONE) {
            registry.credential().locked().ifPresent((field) -> {
                throw new Refusal.Invalid("credential." + field, Secret.LOCKED);
            });
        }
        Health health = check(registry);
        if (insistence == Insistence.NONE && health.status() != Health.Status.HEALTHY) {
            String force = "\"force\": true saves a registry that cannot be reached now";
            throw new Refusal.Invalid("url",
                    new Reason(health.reason(), health.hint().isEmpty() ? force : health.hint() + "; " + force));
        }
        return health;
    }

    private Registry withKnownSecrets(Registry edited, Registry saved) {
        RegistryCredential credential = edited.credential();
        if (credential.sameAccount(saved.credential())
                && this.adapters.of(edited.type()).info().keepsHosts(edited, saved)) {
            return edited.with(credential.withSecretsOf(saved.credential()));
        }
        Faults faults = new Faults();
        credential.secrets().forEach((key, secret) -> {
            if (secret.isEmpty() && !saved.credential().secret(key).isEmpty()) {
                faults.add("credential." + key, "credential." + key
                        + " must be given again, because the account, the address or the way to it has changed");
            }
        });
        faults.refuse();
        return edited;
    }

    /** Whether to save a registry that does not answer. */
    public enum Insistence {

        NONE, FORCE;

    }

}
