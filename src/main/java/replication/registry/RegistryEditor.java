package replication.registry;

import java.time.Instant;
import java.util.Objects;

import oci.model.ClientCertificate;
import oci.model.Credential;
import oci.model.Reason;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
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
        refuseUnusable(registry);
        refuseUntimely(registry);
        return checked(registry);
    }

    private Health checked(Registry registry) {
        this.adapters.of(registry.type()).info().check(registry);
        return this.healthCheck.check(registry);
    }

    /**
     * Saves changes to a registry. A credential without its secrets keeps the saved ones,
     * but only for the same account at the same hosts, proven by the same authorities: a
     * saved secret is never sent to another host. So do a client certificate and a
     * proxy's login.
     */
    public RegistryRecord update(Registry registry, Insistence insistence) {
        Registry saved = this.registries.find(registry.id())
            .orElseThrow(() -> new Refusal.Missing("registry", registry.id()))
            .registry();
        Registry whole = withKnownSecrets(registry, saved);
        return this.registries.update(whole, accepted(whole, insistence));
    }

    private Health accepted(Registry registry, Insistence insistence) {
        refuseUnusable(registry);
        if (insistence == Insistence.NONE) {
            registry.locked().ifPresent((field) -> {
                throw new Refusal.Invalid(field, Secret.LOCKED);
            });
            refuseUntimely(registry);
        }
        Health health = checked(registry);
        if (insistence == Insistence.NONE && health.status() != Health.Status.HEALTHY) {
            String force = "\"force\": true saves a registry that cannot be reached now";
            throw new Refusal.Invalid("url",
                    new Reason(health.reason(), health.hint().isEmpty() ? force : health.hint() + "; " + force));
        }
        return health;
    }

    /** Refuses a client certificate or a login of a proxy that cannot be used. */
    private static void refuseUnusable(Registry registry) {
        Faults faults = new Faults();
        ClientCertificate certificate = registry.clientCertificate();
        if (certificate != null && certificate.key().readable()) {
            certificate.faults().forEach(faults::add);
        }
        if (registry.proxyLogin() != null && registry.proxyLogin().accessSecret().isEmpty()) {
            faults.missing("proxy_password");
        }
        faults.refuse();
    }

    private static void refuseUntimely(Registry registry) {
        ClientCertificate certificate = registry.clientCertificate();
        String untimely = (certificate != null) ? certificate.untimely(Instant.now()) : "";
        if (!untimely.isEmpty()) {
            throw new Refusal.Invalid("client_certificate", untimely);
        }
    }

    private Registry withKnownSecrets(Registry edited, Registry saved) {
        Faults faults = new Faults();
        boolean sameHosts = this.adapters.of(edited.type()).info().keepsHosts(edited, saved);
        Registry whole = edited.with(credential(edited, saved, sameHosts, faults),
                certificate(edited, saved, sameHosts, faults), proxyLogin(edited, saved, faults));
        faults.refuse();
        return whole;
    }

    private static RegistryCredential credential(Registry edited, Registry saved, boolean sameHosts, Faults faults) {
        RegistryCredential credential = edited.credential();
        if (sameHosts && credential.sameAccount(saved.credential())) {
            return credential.withSecretsOf(saved.credential());
        }
        credential.secrets().forEach((key, secret) -> {
            if (secret.isEmpty() && !saved.credential().secret(key).isEmpty()) {
                again("credential." + key, faults);
            }
        });
        return credential;
    }

    private static @Nullable ClientCertificate certificate(Registry edited, Registry saved, boolean sameHosts,
            Faults faults) {
        ClientCertificate given = edited.clientCertificate();
        ClientCertificate known = saved.clientCertificate();
        if (given == null || known == null) {
            return ClientCertificate.SAVED.equals(given) ? null : given;
        }
        if (!sameHosts && given.key().isEmpty()) {
            again("client_key", faults);
        }
        return given.over(known);
    }

    private static Credential.@Nullable Basic proxyLogin(Registry edited, Registry saved, Faults faults) {
        Credential.Basic given = edited.proxyLogin();
        Credential.Basic known = saved.proxyLogin();
        if (given == null || known == null || !given.accessSecret().isEmpty()) {
            return given;
        }
        if (given.accessKey().equals(known.accessKey()) && Objects.equals(edited.proxyUrl(), saved.proxyUrl())) {
            return known;
        }
        again("proxy_password", faults);
        return given;
    }

    private static void again(String field, Faults faults) {
        faults.add(field, field
                + " must be given again, because the account, the address, the way to it or ca_certificate has changed");
    }

    /** Whether to save a registry that does not answer. */
    public enum Insistence {

        NONE, FORCE;

    }

}
