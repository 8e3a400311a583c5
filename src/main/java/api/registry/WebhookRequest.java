package api.registry;

import java.net.URI;
import java.util.List;

import api.Bounded;
import api.Required;
import oci.model.NameGrammar;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;
import replication.Refusal;

/**
 * Webhooks to be made at a registry.
 *
 * @param name their name at the registry; {@code drayage} by default
 * @param url the address of this service, as the registry reaches it
 * @param namespaces those that post their events, such as Harbor's projects
 */
public record WebhookRequest(@Nullable String name, @Nullable String url, @Nullable List<@Nullable String> namespaces) {

    private static final String NAME = "drayage";

    private static final int LONGEST_NAME = 64;

    String wantedName() {
        String given = Bounded.text("name", this.name, LONGEST_NAME).strip();
        return given.isEmpty() ? NAME : given;
    }

    URI service() {
        String given = Required.text("url", this.url, Bounded.URL);
        try {
            URI service = URI.create(given);
            WebUrl.of(service);
            if (service.getRawUserInfo() == null && service.getRawQuery() == null && service.getRawFragment() == null) {
                return service;
            }
        }
        catch (IllegalArgumentException _) {
            // The refusal below says how it is written.
        }
        throw new Refusal.Invalid("url",
                "url is this service's address as the registry reaches it, such as https://drayage.example, without credentials, query or fragment");
    }

    private static String namespace(@Nullable String given) {
        String namespace = Required.text("namespaces", given, Bounded.NAMESPACE);
        if (!NameGrammar.isRepository(namespace)) {
            throw new Refusal.Invalid("namespaces", "no namespace has the name \"%s\"".formatted(namespace));
        }
        return namespace;
    }

    List<String> wantedNamespaces() {
        List<String> given = Bounded.list("namespaces", this.namespaces, Bounded.NAMESPACES)
            .stream()
            .map(WebhookRequest::namespace)
            .distinct()
            .toList();
        if (given.isEmpty()) {
            throw new Refusal.Invalid("namespaces", "namespaces is missing");
        }
        return given;
    }

}
