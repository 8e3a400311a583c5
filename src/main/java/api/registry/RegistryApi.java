package api.registry;

import java.util.function.Function;
import java.util.stream.Stream;

import api.ApiAnswer;
import api.ApiRequest;
import api.Parameters;
import api.Query;
import oci.model.HostRecords;
import replication.Page;
import replication.Refusal;
import replication.registry.Adapters;
import replication.registry.Connections;
import replication.registry.Registries;
import replication.registry.Registries.RegistryRecord;
import replication.registry.RegistryConnection;
import replication.registry.RegistryEditor;
import replication.registry.RepositoryQuery;

/** {@code /api/registries}. */
public final class RegistryApi {

    static final String PATH = "/api/registries";

    private final Registries registries;

    private final RegistryEditor editor;

    private final Adapters adapters;

    private final Connections connections;

    private final HostRecords records;

    public RegistryApi(Registries registries, RegistryEditor editor, Adapters adapters, Connections connections,
            HostRecords records) {
        this.records = records;
        this.registries = registries;
        this.editor = editor;
        this.adapters = adapters;
        this.connections = connections;
    }

    public ApiAnswer list(ApiRequest request) {
        Query query = request.query();
        Page<RegistryRecord> page = this.registries.list(query.text("q"), query.text("type"), Parameters.page(query));
        return ApiAnswer.list(page, this::view, (known) -> known.registry().id(), PATH, query);
    }

    public ApiAnswer create(ApiRequest request) {
        RegistryRequest asked = request.json(RegistryRequest.class);
        RegistryView view = view(this.editor.create(asked.toRegistry(0, this.adapters), asked.insistence()));
        return ApiAnswer.created(PATH + "/" + view.id(), view);
    }

    public ApiAnswer get(ApiRequest request) {
        return ApiAnswer.ok(view(find(request)));
    }

    public ApiAnswer update(ApiRequest request) {
        RegistryRequest asked = request.json(RegistryRequest.class);
        return ApiAnswer.ok(view(this.editor.update(asked.toRegistry(id(request), this.adapters), asked.insistence())));
    }

    public ApiAnswer delete(ApiRequest request) {
        this.registries.delete(id(request));
        return ApiAnswer.noContent();
    }

    /** Checks a registry without saving it. */
    public ApiAnswer ping(ApiRequest request) {
        RegistryRequest asked = request.json(RegistryRequest.class);
        return ApiAnswer.ok(PingView.of(this.editor.check(asked.toRegistry(0, this.adapters))));
    }

    public ApiAnswer namespaces(ApiRequest request) {
        return names(request, "/namespaces", RegistryConnection::namespaces, NamespaceView::new);
    }

    public ApiAnswer repositories(ApiRequest request) {
        return names(request, "/repositories", (registry) -> registry.repositories(RepositoryQuery.ALL),
                RepositoryView::new);
    }

    private ApiAnswer names(ApiRequest request, String below, Function<RegistryConnection, Stream<String>> listing,
            Function<String, Object> view) {
        RegistryConnection registry = this.connections.to(find(request).registry());
        Query query = request.query();
        return ApiAnswer.list(ListedNames.of(query).read(listing.apply(registry)), view, (name) -> name,
                PATH + "/" + id(request) + below, query);
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

}
