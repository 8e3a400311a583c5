package adapters.harbor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.JsonApi;
import oci.remote.Paging;
import org.jspecify.annotations.Nullable;

/**
 * Harbor's API, whose version decides the paths. It is asked for until it is told, once:
 * 1.x does not know the question, and tells its version elsewhere.
 */
final class HarborApi {

    /** The largest page that Harbor gives. */
    static final String PAGE = "page_size=100";

    private final JsonApi api;

    private volatile @Nullable String root;

    HarborApi(JsonApi api) {
        // A project may be called 123, which Harbor would take for an id.
        this.api = api.with("X-Is-Resource-Name", "true");
    }

    /** The signal for requests without one of their own. */
    StopSignal closing() {
        return this.api.closing();
    }

    /** Whether this is Harbor 1.x. */
    boolean isOld(StopSignal stop) {
        return root(stop).equals("/api");
    }

    private String root(StopSignal stop) {
        String known = this.root;
        if (known == null) {
            known = "/api" + version(stop).map("/"::concat).orElse("");
            this.root = known;
        }
        return known;
    }

    private Optional<String> version(StopSignal stop) {
        try {
            String version = this.api.get("/api/version", stop).path("version").asText("");
            if (!version.equals("v2.0")) {
                throw new RegistryFailure.Permanent(
                        "GET /api/version: the API of Harbor 2 calls itself v2.0, and what answers here does not; is this Harbor?");
            }
            return Optional.of(version);
        }
        catch (RegistryFailure.NotFound ex) {
            checkOld(ex, stop);
            return Optional.empty();
        }
    }

    /** A 404 alone may be that of something on the way, such as an ingress. */
    private void checkOld(RegistryFailure.NotFound unknown, StopSignal stop) {
        String version = "";
        try {
            version = this.api.get("/api/systeminfo", stop).path("harbor_version").asText("");
        }
        catch (RegistryFailure.NotFound _) {
            // No proof.
        }
        if (!version.startsWith("v1.") && !version.startsWith("1.")) {
            throw new RegistryFailure.Transient(
                    "%s; only Harbor 1.x does not know this, and GET /api/systeminfo does not say that this is one"
                        .formatted(unknown.getMessage()),
                    unknown);
        }
    }

    JsonNode get(String path, StopSignal stop) {
        return this.api.get(root(stop) + path, stop);
    }

    void post(String path, JsonNode body, StopSignal stop) {
        this.api.post(root(stop) + path, body, stop);
    }

    void put(String path, JsonNode body, StopSignal stop) {
        this.api.put(root(stop) + path, body, stop);
    }

    void delete(String path, StopSignal stop) {
        this.api.delete(root(stop) + path, stop);
    }

    /** The pages of a list, each an array. */
    Stream<JsonNode> pages(String path, StopSignal stop) {
        return this.api.pages(root(stop) + path, Paging.link(), stop);
    }

    /** The items of a list, page by page as they are read. */
    Stream<JsonNode> items(String path, StopSignal stop) {
        return pages(path, stop).flatMap(HarborApi::items);
    }

    static Stream<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.spliterator(), false);
    }

    static List<JsonNode> list(JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.forEach(items::add);
        return items;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The project of a repository, which is the first component of its name. */
    static String projectOf(String repository) {
        int slash = repository.indexOf('/');
        return (slash < 0) ? repository : repository.substring(0, slash);
    }

    /**
     * The path of a repository in the API of 2.x, where the slashes below the project are
     * encoded twice.
     */
    static String path(String repository) {
        String project = projectOf(repository);
        if (project.equals(repository)) {
            throw new RegistryFailure.NotFound("%s: a repository of Harbor lies in a project".formatted(repository),
                    RegistryFailure.NotFound.Subject.REPOSITORY);
        }
        return "/projects/" + project + "/repositories/"
                + repository.substring(project.length() + 1).replace("/", "%252F");
    }

    /**
     * Whether a project exists, even one that may not be read; true where it is not told.
     */
    boolean hasProject(String project, StopSignal stop) {
        try {
            return this.api.has(root(stop) + "/projects?project_name=" + project, stop);
        }
        catch (RegistryFailure.Unauthorized _) {
            return true;
        }
    }

    boolean isProxyCache(String project, StopSignal stop) {
        return project(project, stop).filter((found) -> found.path("registry_id").asLong() > 0).isPresent();
    }

    /** Whether everybody may read a project; empty where that cannot be read. */
    Optional<Boolean> isPublic(String project, StopSignal stop) {
        return project(project, stop).map((found) -> found.at("/metadata/public").asText().equals("true"));
    }

    private Optional<JsonNode> project(String name, StopSignal stop) {
        try {
            return isOld(stop) ? items("/projects?name=" + name, stop)
                .filter((project) -> project.path("name").asText().equals(name))
                .findFirst() : Optional.of(get("/projects/" + name, stop));
        }
        catch (RegistryFailure.NotFound | RegistryFailure.Unauthorized _) {
            return Optional.empty();
        }
    }

    /** Creates a project, unless another client has done so meanwhile. */
    void createProject(String project, boolean isPublic, StopSignal stop) {
        ObjectNode wanted = object().put("project_name", project);
        wanted.putObject("metadata").put("public", String.valueOf(isPublic));
        try {
            post("/projects", wanted, stop);
        }
        catch (RegistryFailure.Permanent ex) {
            if (!hasProject(project, stop)) {
                throw ex;
            }
        }
    }

}
