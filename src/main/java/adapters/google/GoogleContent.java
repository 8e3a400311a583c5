package adapters.google;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import oci.Artifact;
import oci.model.Digest;
import oci.model.NameGrammar;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.remote.JsonApi;
import oci.remote.Paging;
import org.jspecify.annotations.Nullable;

/**
 * What Google's registries answer beyond the specification: {@code tags/list} tells the
 * digests and times of a repository, and its children.
 *
 * @param api of the registry's own host
 * @param walks whether repositories are found by their parents' children, as on gcr.io,
 * and not in the catalog
 */
record GoogleContent(JsonApi api, boolean walks) {

    /** Google's own client asks for so many. */
    private static final int PAGE = 10_000;

    /** Deeper than any name can be. */
    private static final int DEEPEST = 64;

    /** The artifacts that have a tag. */
    Stream<Artifact> artifacts(String repository, StopSignal stop) {
        return pages(repository, stop).flatMap((page) -> artifacts(repository, page));
    }

    /**
     * A page tells its tags, and manifests that may have further ones; each tag is taken
     * from the page that names it.
     */
    private static Stream<Artifact> artifacts(String repository, JsonNode page) {
        Map<String, Artifact> known = new HashMap<>();
        page.path("manifest").properties().forEach((manifest) -> {
            String type = manifest.getValue().path("mediaType").asText("");
            Instant pushed = instant(manifest.getValue().path("timeUploadedMs").asText(""));
            manifest.getValue()
                .path("tag")
                .forEach((tag) -> known.put(tag.asText(),
                        new Artifact(tag.asText(), manifest.getKey(), type, null, pushed, false)));
        });
        return tags(repository, page).filter(NameGrammar::isTag)
            .map((tag) -> known.getOrDefault(tag, Artifact.tagged(tag)));
    }

    private static @Nullable Instant instant(String milliseconds) {
        try {
            long time = Long.parseLong(milliseconds);
            return (time > 0) ? Instant.ofEpochMilli(time) : null;
        }
        catch (NumberFormatException _) {
            return null;
        }
    }

    /** The repositories, on gcr.io below the projects that are named. */
    Stream<String> repositories(List<String> namespaces) {
        if (this.walks && !namespaces.isEmpty()) {
            return namespaces.stream().flatMap((namespace) -> below(namespace, 1)).distinct();
        }
        return this.api.granted(Scope.CATALOG)
            .items("/v2/_catalog?n=" + PAGE, "/repositories", Paging.link(), this.api.closing())
            .map(JsonNode::asText)
            .filter(NameGrammar::isRepository);
    }

    private Stream<String> below(String name, int depth) {
        if (depth > DEEPEST || !NameGrammar.isRepository(name)) {
            return Stream.empty();
        }
        // Of each page, which may be long, the names only are kept.
        Set<String> children = new LinkedHashSet<>();
        boolean holds = false;
        try {
            for (Iterator<JsonNode> pages = pages(name, this.api.closing()).iterator(); pages.hasNext();) {
                JsonNode page = pages.next();
                holds |= tags(name, page).findAny().isPresent();
                Paging.items("list " + name, page, "/child").map(JsonNode::asText).forEach(children::add);
            }
        }
        catch (RegistryFailure.NotFound _) {
            return Stream.empty();
        }
        return Stream.concat(holds ? Stream.of(name) : Stream.empty(),
                children.stream().flatMap((child) -> below(name + "/" + child, depth + 1)));
    }

    private Stream<JsonNode> pages(String repository, StopSignal stop) {
        return this.api.granted(Scope.repository(repository, "pull"))
            .pages("/v2/%s/tags/list?n=%d".formatted(repository, PAGE), Paging.link(), stop);
    }

    /**
     * Deletes a tag by its name, which leaves the manifest and its other tags. By digest
     * it is never tried.
     */
    Optional<String> delete(String repository, String tag, Digest digest, StopSignal stop) {
        try {
            this.api.granted(Scope.repository(repository, "pull", "push", "delete"))
                .delete("/v2/%s/manifests/%s".formatted(repository, tag), stop);
            return Optional.empty();
        }
        catch (RegistryFailure.NotFound _) {
            return Optional.empty();
        }
        catch (RegistryFailure.Permanent ex) {
            return Optional.of("the registry does not delete the tag, as where its repository has immutable tags: "
                    + ex.getMessage());
        }
    }

    /**
     * Names what is missing: a repository of Artifact Registry has a location and a
     * format.
     */
    static void missing(String repository) {
        String[] levels = repository.split("/", 3);
        String name = (levels.length > 1) ? levels[0] + "/" + levels[1] : repository;
        throw new RegistryFailure.Permanent(
                new Reason(
                        "push to %s: Artifact Registry has no repository %s, and Drayage creates none there"
                            .formatted(repository, name),
                        "gcloud artifacts repositories create %s --repository-format=docker creates it".formatted(
                                (levels.length > 1) ? levels[1] + " --project=" + levels[0] + " --location=…" : name)),
                null);
    }

    private static Stream<String> tags(String repository, JsonNode page) {
        return Paging.items("list the tags of " + repository, page, "/tags").map(JsonNode::asText);
    }

}
