package adapters.gitlab;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.InTurn;
import oci.remote.Paging;

/**
 * What GitLab's API says of container repositories (its {@code container_registry.md}).
 */
final class GitLabApi {

    /** A repository lies at most so many levels below its project. */
    private static final int DEEPEST = 2;

    private static final int MOST_KEPT = 10_000;

    private static final String FULL = "?per_page=100";

    private final GitLabHost host;

    /** The API's paths of repositories, by their names. */
    private final Cache<String, String> paths = Caffeine.newBuilder()
        .maximumSize(MOST_KEPT)
        .executor(Runnable::run)
        .build();

    GitLabApi(GitLabHost host) {
        this.host = host;
    }

    /** Those of groups, users or projects, or of all projects that one is a member of. */
    Stream<String> repositories(List<String> namespaces) {
        StopSignal stop = this.host.closing();
        Stream<JsonNode> listed = namespaces.isEmpty()
                ? InTurn.of(items("/projects" + FULL + "&membership=true&order_by=id&sort=asc", stop),
                        (project) -> ofProject(project, stop))
                : InTurn.of(namespaces.stream(), (namespace) -> below(namespace, stop));
        return listed.map(GitLabApi::name).distinct();
    }

    private Stream<JsonNode> below(String namespace, StopSignal stop) {
        return found("/groups/%s/registry/repositories%s".formatted(encoded(namespace), FULL), stop)
            .or(() -> (namespace.indexOf('/') < 0) ? ofUser(namespace, stop) : ofProjects(namespace, stop))
            .orElse(Stream.empty());
    }

    private Optional<Stream<JsonNode>> ofUser(String user, StopSignal stop) {
        return found("/users/%s/projects%s&order_by=id&sort=asc".formatted(encoded(user), FULL), stop)
            .map((projects) -> InTurn.of(projects, (project) -> ofProject(project, stop)));
    }

    /** Those of the project that a name is of, or is below. */
    private Optional<Stream<JsonNode>> ofProjects(String name, StopSignal stop) {
        return projects(name).stream()
            .flatMap((project) -> found(repositories(encoded(project)), stop).stream())
            .findFirst();
    }

    private Stream<JsonNode> ofProject(JsonNode project, StopSignal stop) {
        return project.path("container_registry_access_level").asText("").equals("disabled") ? Stream.empty()
                : found(repositories(project.path("id").asText()), stop).orElse(Stream.empty());
    }

    /** Takes one tag away. */
    Optional<String> delete(String repository, String tag, StopSignal stop) {
        String known = this.paths.getIfPresent(repository);
        try {
            if (known != null && deleted(known, tag, stop)) {
                return Optional.empty();
            }
            // The repository may have been made anew since.
            this.paths.invalidate(repository);
            Optional<String> path = path(repository, stop);
            path.ifPresent((found) -> deleted(found, tag, stop));
            return path.isPresent() ? Optional.empty() : Optional.of("GitLab's API shows no repository " + repository);
        }
        catch (RegistryFailure.Unauthorized ex) {
            if (String.valueOf(ex.getMessage()).contains(": 403 ")) {
                return Optional
                    .of("GitLab refuses it, as it does where a tag is protected or the token's role is too low: "
                            + ex.getMessage());
            }
            throw ex;
        }
    }

    private boolean deleted(String path, String tag, StopSignal stop) {
        try {
            this.host.json(stop).delete(path + "/tags/" + encoded(tag), stop);
            return true;
        }
        catch (RegistryFailure.NotFound _) {
            return false;
        }
    }

    private Optional<String> path(String repository, StopSignal stop) {
        String known = this.paths.getIfPresent(repository);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> path = projects(repository).stream()
            .flatMap((project) -> found(repositories(encoded(project)), stop).stream())
            .flatMap((listed) -> listed)
            .filter((each) -> name(each).equals(repository))
            .findFirst()
            .map((each) -> "/projects/%s/registry/repositories/%s".formatted(each.path("project_id").asText(),
                    each.path("id").asText()));
        path.ifPresent((found) -> this.paths.put(repository, found));
        return path;
    }

    /** The projects that a repository may be of, the longest name first. */
    private static List<String> projects(String repository) {
        List<String> projects = new ArrayList<>();
        String project = repository;
        for (int above = 0; above <= DEEPEST && project.indexOf('/') > 0; above++) {
            projects.add(project);
            project = project.substring(0, project.lastIndexOf('/'));
        }
        return projects;
    }

    private static String repositories(String project) {
        return "/projects/%s/registry/repositories%s".formatted(project, FULL);
    }

    /** Empty where GitLab does not know, or hides, what is listed. */
    private Optional<Stream<JsonNode>> found(String path, StopSignal stop) {
        try {
            return Optional.of(items(path, stop));
        }
        catch (RegistryFailure.NotFound _) {
            return Optional.empty();
        }
    }

    private Stream<JsonNode> items(String path, StopSignal stop) {
        return this.host.json(stop).items(path, "", Paging.link(), stop);
    }

    /** The registry has names in lower case, whatever projects are called. */
    private static String name(JsonNode repository) {
        return repository.path("path").asText().toLowerCase(Locale.ROOT);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

}
