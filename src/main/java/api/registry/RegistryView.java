package api.registry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import oci.model.ClientCertificate;
import oci.model.HostRecords;
import org.jspecify.annotations.Nullable;
import replication.bandwidth.Bandwidth;
import replication.registry.Health;
import replication.registry.Registries.RegistryRecord;
import replication.registry.Registry;
import replication.registry.RegistryCredential;

/**
 * A registry as a client reads it, without its secrets.
 *
 * @param statusText why it is not healthy, or the account that Drayage uses there
 * @param hint advice that probably helps; empty if there is none
 * @param statusTime the time of the last check
 * @param clientCertificateEnd until when the client certificate may be used
 * @param requestsPerSecond what differs from the adapter's rates
 * @param capabilities those that its host has shown, in any repository
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record RegistryView(long id, String name, String description, String registryType, String url, String status,
        String statusText, String hint, @Nullable Instant statusTime, boolean insecure, CredentialView credential,
        Map<String, Object> settings, @Nullable String caCertificate, @Nullable String clientCertificateSubject,
        @Nullable Instant clientCertificateEnd, @Nullable String proxyUrl, @Nullable String proxyUser, int maxTasks,
        Map<String, Integer> requestsPerSecond, Bandwidth bandwidth, CapabilitiesView capabilities) {

    static RegistryView of(RegistryRecord known, HostRecords records) {
        Registry registry = known.registry();
        Health health = known.healthHere();
        Optional<ClientCertificate> certificate = Optional.ofNullable(registry.clientCertificate());
        return new RegistryView(registry.id(), registry.name(), registry.description(), registry.type(),
                registry.url().toString(), health.status().id(), health.reason(), health.hint(), health.checkedAt(),
                registry.insecure(), CredentialView.of(registry.credential()), registry.settings(),
                registry.caCertificate(), certificate.map(ClientCertificate::subject).orElse(null),
                certificate.map(ClientCertificate::end).orElse(null),
                (registry.proxyUrl() != null) ? registry.proxyUrl().toString() : null,
                (registry.proxyLogin() != null) ? registry.proxyLogin().accessKey() : null, registry.maxTasks(),
                registry.rates().byName(), registry.bandwidth(),
                CapabilitiesView.of(HostRecords.host(registry.url()), records));
    }

    /**
     * A credential without its secrets.
     *
     * @param accessKey a field that most kinds have
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CredentialView(String type, @Nullable String accessKey, @JsonIgnore RegistryCredential credential) {

        static CredentialView of(RegistryCredential credential) {
            return new CredentialView(credential.type(), credential.values().get("access_key"), credential);
        }

        @JsonAnyGetter
        Map<String, String> others() {
            Map<String, String> others = new TreeMap<>(this.credential.values());
            others.remove("access_key");
            return others;
        }

    }

}
