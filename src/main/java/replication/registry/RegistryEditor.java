package replication.registry;

import oci.model.Credential;
import oci.model.RegistryAddress;
import oci.model.Secret;
import replication.Refusal;
import replication.registry.Registries.RegistryRecord;

/**
 * Takes registries in: what cannot be reached is not saved unless that is insisted on.
 */
public final class RegistryEditor {

    private final Registries registries;

    private final HealthCheck healthCheck;

    public RegistryEditor(Registries registries, HealthCheck healthCheck) {
        this.registries = registries;
        this.healthCheck = healthCheck;
    }

    /**
     * Saves a registry that has answered as one, or any where the check does not matter.
     */
    public RegistryRecord create(Registry registry, Insistence insistence) {
        return this.registries.insert(registry, accepted(registry, insistence));
    }

    /**
     * Saves changes to a registry. A credential that comes without its secret keeps the
     * saved one, but only for the same account at the same address: a secret never
     * follows to another host.
     */
    public RegistryRecord update(Registry registry, Insistence insistence) {
        Registry saved = this.registries.find(registry.id())
            .orElseThrow(() -> new Refusal.Missing("registry", registry.id()))
            .registry();
        Registry whole = withKnownSecret(registry, saved);
        return this.registries.update(whole, accepted(whole, insistence));
    }

    private Health accepted(Registry registry, Insistence insistence) {
        if (insistence == Insistence.NONE && !registry.credential().readable()) {
            throw new Refusal.Invalid("credential.access_secret", Secret.LOCKED);
        }
        Health health = this.healthCheck.check(registry);
        if (insistence == Insistence.NONE && health.status() != Health.Status.HEALTHY) {
            throw new Refusal.Invalid("url",
                    health.reason() + " (\"force\": true saves a registry that cannot be reached now)");
        }
        return health;
    }

    private static Registry withKnownSecret(Registry edited, Registry saved) {
        Credential credential = switch (edited.credential()) {
            case Credential.None none -> none;
            case Credential.Basic(String key, Secret secret) when secret.isEmpty()
                    && saved.credential() instanceof Credential.Basic known && known.accessKey().equals(key)
                    && sameHost(edited, saved) ->
                known;
            case Credential.Basic basic -> basic;
            case Credential.OAuth(Secret token) when token.isEmpty()
                    && saved.credential() instanceof Credential.OAuth known && sameHost(edited, saved) ->
                known;
            case Credential.OAuth oauth -> oauth;
        };
        if (credential instanceof Credential.Basic(String key, Secret secret) && secret.isEmpty()) {
            throw missingSecret(key);
        }
        if (credential instanceof Credential.OAuth(Secret token) && token.isEmpty()) {
            throw missingSecret("the token");
        }
        return new Registry(edited.id(), edited.name(), edited.description(), edited.type(), edited.url(),
                edited.insecure(), credential, edited.caCertificate(), edited.proxyUrl(), edited.maxTasks(),
                edited.bandwidth());
    }

    private static Refusal missingSecret(String account) {
        return new Refusal.Invalid("credential.access_secret",
                "the secret of " + account + " must be given again, for the account or the address has changed");
    }

    private static boolean sameHost(Registry one, Registry other) {
        return RegistryAddress.sameServer(one.url(), other.url());
    }

    /** Whether a registry is saved that does not answer. */
    public enum Insistence {

        NONE, FORCE;

    }

}
