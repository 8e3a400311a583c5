package api;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.Refusal;
import replication.registry.Connections;
import replication.registry.Credential;
import replication.registry.HealthCheck;
import replication.registry.HostRecords;
import replication.registry.Registries;
import replication.registry.Registries.RegistryRecord;
import replication.registry.Registry;
import replication.registry.RegistryEditor;

/** {@code /api/registries}. */
public final class RegistryApi {

    static final String PATH = "/api/registries";

    private final Registries registries;

    private final RegistryEditor editor;

    private final HealthCheck healthCheck;

    private final Connections connections;

    private final HostRecords records;

    public RegistryApi(Registries registries, RegistryEditor editor, HealthCheck healthCheck, Connections connections,
            HostRecords records) {
        this.records = records;
        this.registries = registries;
        this.editor = editor;
        this.healthCheck = healthCheck;
        this.connections = connections;
    }

    public Answer list(@Nullable String q, @Nullable String type, @Nullable String after, @Nullable String pageSize) {
        Page<RegistryRecord> page = this.registries.list(Parameters.text("q", q), Parameters.text("type", type),
                Parameters.page(after, pageSize));
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("q", q);
        parameters.put("type", type);
        parameters.put("page_size", pageSize);
        return Answer.list(page, this::view, (known) -> known.registry().id(), PATH, parameters);
    }

    public Answer create(@Nullable String body) {
        RegistryRequest request = Json.read(body, RegistryRequest.class);
        Registry registry = withSecret(request.toRegistry(0));
        RegistryView view = view(this.editor.create(registry, request.insistence()));
        return Answer.created(PATH + "/" + view.id(), view);
    }

    public Answer get(String id) {
        return Answer.ok(view(find(id)));
    }

    public Answer update(String id, @Nullable String body) {
        RegistryRequest request = Json.read(body, RegistryRequest.class);
        Registry registry = request.toRegistry(Parameters.id("registry", id));
        return Answer.ok(view(this.editor.update(registry, request.insistence())));
    }

    public Answer delete(String id) {
        this.registries.delete(Parameters.id("registry", id));
        return Answer.noContent();
    }

    /** Asks a registry how it is without saving it. */
    public Answer ping(@Nullable String body) {
        Registry registry = withSecret(Json.read(body, RegistryRequest.class).toRegistry(0));
        return Answer.ok(PingView.of(this.healthCheck.check(registry)));
    }

    public Answer namespaces(String id, @Nullable String q, @Nullable String after, @Nullable String pageSize) {
        NamespacePage pages = new NamespacePage(Parameters.text("q", q), (after != null) ? after : "",
                Parameters.size(pageSize));
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("q", q);
        parameters.put("page_size", pageSize);
        return Answer.list(pages.read(this.connections.to(find(id).registry())), NamespaceView::new, (name) -> name,
                PATH + "/" + id + "/namespaces", parameters);
    }

    private RegistryView view(RegistryRecord known) {
        return RegistryView.of(known, this.records);
    }

    private RegistryRecord find(String id) {
        long number = Parameters.id("registry", id);
        return this.registries.find(number).orElseThrow(() -> new Refusal.Missing("registry", number));
    }

    private static Registry withSecret(Registry registry) {
        boolean empty = switch (registry.credential()) {
            case Credential.None _ -> false;
            case Credential.Basic basic -> basic.accessSecret().reveal().isEmpty();
            case Credential.OAuth oauth -> oauth.token().reveal().isEmpty();
        };
        if (empty) {
            throw new Refusal.Invalid("credential.access_secret", "credential.access_secret is missing");
        }
        return registry;
    }

}
