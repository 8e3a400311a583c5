package replication.event;

import java.net.URI;
import java.util.Optional;

import oci.model.Secret;

/**
 * The webhooks that a registry keeps for its namespaces. A connection offers this if its
 * adapter declares {@code EVENTS_CREATE}. Every method throws
 * {@link oci.model.RegistryFailure} if the registry fails.
 */
public interface RegistryWebhooks {

    /** The webhook of a namespace by its name. */
    Optional<Webhook> find(String namespace, String name);

    /**
     * Creates a webhook that reports pushes and deletions, or replaces the one of its
     * name.
     */
    void save(String namespace, Webhook webhook);

    /**
     * A webhook.
     *
     * @param secret the value of the header that proves its deliveries
     * @param active whether it is enabled and reports pushes and deletions
     */
    record Webhook(String name, URI address, Secret secret, boolean active) {

        boolean equalTo(Webhook other) {
            return this.address.equals(other.address) && this.secret.reveal().equals(other.secret.reveal())
                    && this.active == other.active;
        }

    }

}
