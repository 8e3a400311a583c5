package adapters.quay;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Artifact;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.remote.Differences;
import oci.remote.InTurn;
import oci.remote.JsonApi;
import oci.remote.Paging;
import org.jspecify.annotations.Nullable;

/**
 * Quay's API (quay/quay, {@code endpoints/api}).
 *
 * @param account the robot account or user; empty for a stranger
 * @param email of organizations that are created; empty for none
 */
record QuayApi(JsonApi json, String account, String email) {

    /** Quay lists the repositories of a namespace; those of all are the whole world's. */
    Stream<String> repositories(List<String> namespaces) {
        List<String> named = namespaces.isEmpty()
                ? Stream.of(this.account).filter((own) -> !own.isEmpty()).map((own) -> first(own, '+')).toList()
                : namespaces.stream().map((namespace) -> first(namespace, '/')).distinct().toList();
        if (named.isEmpty()) {
            throw new RegistryFailure.Permanent(new Reason("Quay lists the repositories of a namespace only",
                    "name the namespaces (src_namespaces) or the repositories (a name filter)"), null);
        }
        return InTurn.of(named.stream(), this::repositories);
    }

    private Stream<String> repositories(String namespace) {
        return this.json
            .items("/api/v1/repository?public=true&namespace=" + encoded(namespace), "/repositories",
                    Paging.token("next_page", "/next_page"), this.json.closing())
            .map((repository) -> repository.path("namespace").asText(namespace) + "/"
                    + repository.path("name").asText());
    }

    /** Without the tags of the past, which the same list has. */
    Stream<Artifact> tags(String repository, StopSignal stop) {
        return this.json
            .items(path(repository) + "/tag/?limit=100&onlyActiveTags=true", "/tags",
                    Paging.numberWhile("page", "/has_additional"), stop)
            .map((tag) -> new Artifact(tag.path("name").asText(), tag.path("manifest_digest").asText(""), "", null,
                    second(tag.path("start_ts")), tag.path("immutable").asBoolean()));
    }

    private static @Nullable Instant second(JsonNode seconds) {
        return seconds.isIntegralNumber() ? Instant.ofEpochSecond(seconds.asLong()) : null;
    }

    /**
     * Creates a repository and its organization; what is there is left as it is.
     * @param open whether everybody may read it
     */
    void create(String repository, boolean open, StopSignal stop) {
        if (exists(repository, stop)) {
            return;
        }
        try {
            make(repository, open, stop);
        }
        catch (RegistryFailure ex) {
            String namespace = first(repository, '/');
            if (ex.passing() || knows("/api/v1/organization/" + encoded(namespace), stop)
                    || knows("/api/v1/users/" + encoded(namespace), stop)) {
                // Another node may have been faster.
                if (!ex.passing() && exists(repository, stop)) {
                    return;
                }
                throw ex;
            }
            ObjectNode organization = JsonNodeFactory.instance.objectNode().put("name", namespace);
            if (!this.email.isEmpty()) {
                organization.put("email", this.email);
            }
            this.json.post("/api/v1/organization/", organization, stop);
            make(repository, open, stop);
        }
    }

    private void make(String repository, boolean open, StopSignal stop) {
        String namespace = first(repository, '/');
        this.json.post("/api/v1/repository",
                JsonNodeFactory.instance.objectNode()
                    .put("namespace", namespace)
                    .put("repository", repository.substring(namespace.length() + 1))
                    .put("visibility", open ? "public" : "private")
                    .put("description", "")
                    .put("repo_kind", "image"),
                stop);
    }

    /** Refuses an upload to a repository that is not there, which the push would make. */
    void require(String repository, StopSignal stop) {
        if (!exists(repository, stop)) {
            throw new RegistryFailure.Permanent(new Reason("Quay shows no repository " + repository,
                    "the registry's setting create is never; create it there or set create to missing"), null);
        }
    }

    /** Whether everybody may read a repository. */
    Optional<Boolean> open(String repository, StopSignal stop) {
        try {
            return Optional.of(this.json.get(path(repository) + "?includeTags=false", stop).path("is_public"))
                .filter(JsonNode::isBoolean)
                .map(JsonNode::asBoolean);
        }
        catch (RegistryFailure.NotFound | RegistryFailure.Unauthorized _) {
            return Optional.empty();
        }
    }

    /** Whether a repository is certainly not there. */
    boolean lacks(String repository, StopSignal stop) {
        try {
            return !knows(path(repository) + "?includeTags=false", stop);
        }
        catch (RegistryFailure.Unauthorized _) {
            return false;
        }
    }

    /** What is not to be seen may not be there; Quay says that only to its owner. */
    private boolean exists(String repository, StopSignal stop) {
        try {
            return knows(path(repository) + "?includeTags=false", stop);
        }
        catch (RegistryFailure.Unauthorized _) {
            return false;
        }
    }

    private boolean knows(String path, StopSignal stop) {
        try {
            this.json.get(path, stop);
            return true;
        }
        catch (RegistryFailure.NotFound _) {
            return false;
        }
    }

    /**
     * Takes one tag away at the registry. Quay gives tokens to pull and to push, and
     * refuses to give one to delete; by digest all tags of a manifest would go.
     */
    static Differences.TagDeletion deletion(JsonApi registry) {
        return (repository, tag, _, stop) -> {
            try {
                registry.granted(Scope.repository(repository, "pull", "push"))
                    .delete("/v2/%s/manifests/%s".formatted(repository, tag), stop);
                return Optional.empty();
            }
            catch (RegistryFailure.NotFound _) {
                return Optional.empty();
            }
            catch (RegistryFailure ex) {
                if (String.valueOf(ex.getMessage()).contains("TAG_IMMUTABLE")) {
                    return Optional.of("the tag is immutable there: " + ex.getMessage());
                }
                throw ex;
            }
        };
    }

    private static String path(String repository) {
        return "/api/v1/repository/" + repository;
    }

    private static String first(String text, char end) {
        int at = text.indexOf(end);
        return (at < 0) ? text : text.substring(0, at);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

}
