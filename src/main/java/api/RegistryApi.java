package api;

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

    public Answer list(ApiRequest request) {
        Query query = request.query();
        Page<RegistryRecord> page = this.registries.list(query.text("q"), query.text("type"), Parameters.page(query));
        return Answer.list(page, this::view, (known) -> known.registry().id(), PATH, query);
    }

    public Answer create(ApiRequest request) {
        RegistryRequest asked = request.json(RegistryRequest.class);
        Registry registry = withSecret(asked.toRegistry(0));
        RegistryView view = view(this.editor.create(registry, asked.insistence()));
        return Answer.created(PATH + "/" + view.id(), view);
    }

    public Answer get(ApiRequest request) {
        return Answer.ok(view(find(request)));
    }

    public Answer update(ApiRequest request) {
        RegistryRequest asked = request.json(RegistryRequest.class);
        return Answer.ok(view(this.editor.update(asked.toRegistry(id(request)), asked.insistence())));
    }

    public Answer delete(ApiRequest request) {
        this.registries.delete(id(request));
        return Answer.noContent();
    }

    /** Asks a registry how it is without saving it. */
    public Answer ping(ApiRequest request) {
        Registry registry = withSecret(request.json(RegistryRequest.class).toRegistry(0));
        return Answer.ok(PingView.of(this.healthCheck.check(registry)));
    }

    public Answer namespaces(ApiRequest request) {
        Query query = request.query();
        String after = query.text("after");
        NamespacePage pages = new NamespacePage(query.text("q"), (after != null) ? after : "", Parameters.size(query));
        return Answer.list(pages.read(this.connections.to(find(request).registry())), NamespaceView::new,
                (name) -> name, PATH + "/" + id(request) + "/namespaces", query);
    }

    private RegistryView view(RegistryRecord known) {
        return RegistryView.of(known, this.records);
    }

    private static long id(ApiRequest request) {
        return request.id("id", "registry");
    }

    private RegistryRecord find(ApiRequest request) {
        long id = id(request);
        return this.registries.find(id).orElseThrow(() -> new Refusal.Missing("registry", id));
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
