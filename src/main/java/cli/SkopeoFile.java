package cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What {@code skopeo sync --src yaml} reads: by registry, which images. As with it, an
 * image goes to the destination by the last part of its name.
 */
final class SkopeoFile {

    private static final Set<String> KNOWN = Set.of("images", "images-by-tag-regex", "credentials", "tls-verify");

    private static final Set<String> NO = Set.of("false", "no", "off", "n");

    private final JsonNode file;

    private final Place.Remote destination;

    private final Draft draft = new Draft();

    SkopeoFile(JsonNode file, String destination) {
        this.file = file;
        if (!(Place.parse(destination + "/any") instanceof Place.Remote remote)) {
            throw new CommandFailed(destination + " is no registry");
        }
        this.destination = remote;
    }

    Draft draft() {
        this.file.properties().forEach((each) -> registry(each.getKey(), each.getValue()));
        return this.draft;
    }

    private void registry(String host, JsonNode given) {
        ObjectNode registry = this.draft.registry(host);
        if (NO.contains(given.path("tls-verify").asText().toLowerCase(Locale.ROOT))) {
            registry.put("insecure", true);
        }
        if (given.path("credentials").hasNonNull("username")) {
            this.draft.login(registry, given.at("/credentials/username").asText(), Optional.empty());
        }
        given.path("images")
            .properties()
            .forEach((image) -> policy(host, image.getKey())
                .ifPresent((policy) -> tags(policy, image.getValue().valueStream().map(JsonNode::asText).toList())));
        given.path("images-by-tag-regex")
            .properties()
            .forEach((image) -> policy(host, image.getKey()).ifPresent((policy) -> this.draft.oneOf(policy, "tag",
                    List.of(RegexGlob.anywhere(image.getValue().asText())))));
        given.properties()
            .stream()
            .filter((field) -> !KNOWN.contains(field.getKey()))
            .forEach((field) -> this.draft.leave("%s: %s: %s".formatted(host, field.getKey(), field.getValue())));
    }

    private Optional<ObjectNode> policy(String host, String repository) {
        String name = host + "/" + repository;
        if (!(Place.parse(name) instanceof Place.Remote from)) {
            return Optional.empty();
        }
        String last = repository.substring(repository.lastIndexOf('/') + 1);
        return this.draft.policy(name, from,
                this.destination.at(this.destination.repository().replaceFirst("any$", last), ""));
    }

    private void tags(ObjectNode policy, List<String> tags) {
        List<String> named = tags.stream().filter((tag) -> !Place.Reference.isDigest(tag)).toList();
        tags.stream()
            .filter(Place.Reference::isDigest)
            .forEach((digest) -> this.draft.leave("%s: a policy takes no digests, but this wants %s"
                .formatted(policy.path("name").asText(), digest)));
        if (!named.isEmpty()) {
            Draft.filter(policy, "tag", Draft.either(named), "matches");
        }
        else if (!tags.isEmpty()) {
            // Without a filter all tags would come.
            policy.put("enabled", false);
        }
    }

}
