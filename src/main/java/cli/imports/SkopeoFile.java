package cli.imports;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import cli.copy.Place;
import cli.shared.CommandFailed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The images by registry that {@code skopeo sync --src yaml} reads. As with skopeo, an
 * image keeps the last part of its name at the destination. A field without a counterpart
 * in a policy disables the policy.
 */
public final class SkopeoFile {

    private static final Set<String> KNOWN = Set.of("images", "images-by-tag-regex", "images-by-semver", "credentials",
            "tls-verify");

    private static final Set<String> LOGIN = Set.of("username", "password", "identitytoken");

    private static final Set<String> NO = Set.of("false", "no", "off", "n");

    private static final Set<String> YES = Set.of("true", "yes", "on", "y");

    private final JsonNode file;

    private final Place.Remote destination;

    private final Draft draft = new Draft();

    public SkopeoFile(JsonNode file, String destination) {
        this.file = file;
        if (!(Place.parse(destination + "/any") instanceof Place.Remote remote)) {
            throw new CommandFailed(destination + " is no registry");
        }
        this.destination = remote;
    }

    public Draft draft() {
        if (!this.file.isObject()) {
            throw new CommandFailed("it is no file of skopeo sync: it names no registries");
        }
        this.file.properties().forEach((each) -> registry(each.getKey(), each.getValue()));
        return this.draft.settled();
    }

    private void registry(String host, JsonNode given) {
        try {
            String name = from(host, "any").registry();
            if (given.isObject()) {
                connection(this.draft.registry(name), given);
                each(host, given, "images", this::tags);
                each(host, given, "images-by-tag-regex", this::expression);
                each(host, given, "images-by-semver", (policy, range) -> this.draft.disable(policy,
                        "images-by-semver: %s".formatted(range.asText()), "you write a filter for it"));
            }
            else {
                this.draft.leave("%s: it names no images".formatted(host));
            }
        }
        catch (IllegalArgumentException ex) {
            this.draft.leave("%s: %s".formatted(host, ex.getMessage()));
        }
    }

    private void connection(ObjectNode registry, JsonNode given) {
        String name = registry.path("name").asText();
        String verified = given.path("tls-verify").asText("true").toLowerCase(Locale.ROOT);
        if (NO.contains(verified)) {
            registry.put("insecure", true);
        }
        else if (!YES.contains(verified)) {
            this.draft.doubt(name, "tls-verify: " + verified);
        }
        JsonNode login = given.path("credentials");
        if (login.hasNonNull("identitytoken")) {
            this.draft.token(registry, Optional.empty());
        }
        else if (login.hasNonNull("username")) {
            this.draft.login(registry, login.path("username").asText(), Optional.empty());
        }
        Stream.concat(others(given, KNOWN), others(login, LOGIN).map((field) -> "credentials." + field))
            .forEach((field) -> this.draft.doubt(name, "%s of %s".formatted(field, name)));
    }

    private static Stream<String> others(JsonNode node, Set<String> known) {
        return node.propertyStream()
            .filter((field) -> !known.contains(field.getKey()) && !field.getValue().isNull())
            .map(Map.Entry::getKey);
    }

    private void each(String host, JsonNode given, String field, BiConsumer<ObjectNode, JsonNode> narrowing) {
        JsonNode images = given.path(field);
        if (!images.isObject() && !images.isNull() && !images.isMissingNode()) {
            this.draft.leave("%s: %s, which names no images".formatted(host, field));
        }
        images.properties()
            .forEach((image) -> policy(host, image.getKey())
                .ifPresent((policy) -> narrowing.accept(policy, image.getValue())));
    }

    private Optional<ObjectNode> policy(String host, String repository) {
        String name = host + "/" + repository;
        try {
            Place.Remote from = from(host, repository);
            if (!from.reference().isEmpty()) {
                throw new IllegalArgumentException("an image is named without a tag");
            }
            String last = repository.substring(repository.lastIndexOf('/') + 1);
            return this.draft.policy(name, from,
                    this.destination.at(this.destination.repository().replaceFirst("any$", last), ""));
        }
        catch (IllegalArgumentException ex) {
            this.draft.leave("%s: %s".formatted(name, ex.getMessage()));
            return Optional.empty();
        }
    }

    private static Place.Remote from(String host, String repository) {
        if (Place.parse(host + "/" + repository) instanceof Place.Remote from) {
            return from;
        }
        throw new IllegalArgumentException("%s is no registry".formatted(host));
    }

    /** As with skopeo, no tags means all tags; a single text counts as a list. */
    private void tags(ObjectNode policy, JsonNode given) {
        if (given.isTextual()) {
            this.draft.tags(policy, List.of(given.asText()));
        }
        else if (given.isArray() && given.valueStream().allMatch(JsonNode::isTextual)) {
            this.draft.tags(policy, given.valueStream().map(JsonNode::asText).toList());
        }
        else if (!given.isNull()) {
            this.draft.disable(policy, "a malformed list of tags", "you write a filter for it");
        }
    }

    private void expression(ObjectNode policy, JsonNode given) {
        if (given.isTextual() && !given.asText().isEmpty()) {
            this.draft.oneOf(policy, "tag", List.of(RegexGlob.anywhere(given.asText())));
        }
        else {
            this.draft.disable(policy, "a malformed expression for tags", "you write a filter for it");
        }
    }

}
