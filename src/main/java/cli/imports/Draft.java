package cli.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import cli.copy.Place;
import cli.service.PolicySet;
import cli.shared.JsonTrees;
import cli.shared.Secrets;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.model.NameGrammar;
import oci.model.OutsideText;
import replication.policy.Glob;

/**
 * A document that an import builds, with the list of the parts that it could not carry
 * over.
 */
public final class Draft {

    private static final int LONGEST_DESCRIPTION = 500;

    private final PolicySet set = new PolicySet(new TreeMap<>(), new TreeMap<>());

    private final List<String> left = new ArrayList<>();

    /**
     * The parts that could not be carried over, by the name of the registry; "" for the
     * whole file.
     */
    private final Map<String, List<String>> doubts = new TreeMap<>();

    public PolicySet set() {
        return this.set;
    }

    /** Disables the policies whose registry was not carried over completely. */
    Draft settled() {
        this.set.policies()
            .values()
            .forEach((policy) -> Stream.of("", policy.path("source").asText(), policy.path("destination").asText())
                .distinct()
                .flatMap((registry) -> this.doubts.getOrDefault(registry, List.of()).stream())
                .forEach((doubt) -> disable(policy, doubt, "you solve it in another way")));
        return this;
    }

    public List<String> left() {
        return List.copyOf(this.left);
    }

    void leave(String what) {
        this.left.add(what);
    }

    /** Notes a part of the whole file that cannot be carried over. */
    void doubt(String missing) {
        doubt("", missing);
    }

    /** Notes a part of a registry that cannot be carried over, for all its policies. */
    void doubt(String registry, String missing) {
        this.doubts.computeIfAbsent(registry, (_) -> new ArrayList<>()).add(missing);
    }

    /** The registry of a host, which is also its name. */
    ObjectNode registry(String host) {
        return Objects.requireNonNull(this.set.registries().computeIfAbsent(host, (name) -> {
            String address = name.equals(Place.Remote.DOCKER_HUB) ? "registry-1.docker.io" : name;
            return JsonTrees.object().put("name", name).put("registry_type", "oci").put("url", "https://" + address);
        }));
    }

    /** Gives the registry a login whose secret is in a variable. */
    void login(ObjectNode registry, String user, Optional<String> variable) {
        secret(registry, registry.putObject("credential").put("type", "basic").put("access_key", user), variable);
    }

    /** Gives the registry a token, which is in a variable. */
    void token(ObjectNode registry, Optional<String> variable) {
        secret(registry, registry.putObject("credential").put("type", "oauth"), variable);
    }

    private void secret(ObjectNode registry, ObjectNode credential, Optional<String> variable) {
        Secrets.name(registry);
        variable.ifPresent((name) -> credential.put("access_secret", "${" + name + "}"));
        leave("the password of %s; it is to be in the variable %s".formatted(registry.path("name").asText(),
                credential.path("access_secret").asText()));
    }

    /**
     * A policy for one repository; empty, and noted, if no policy can rename it so.
     */
    Optional<ObjectNode> policy(String name, Place.Remote from, Place.Remote to) {
        if (!NameGrammar.isRepository(from.repository()) || !NameGrammar.isRepository(to.repository())) {
            leave("%s: %s or %s is no repository's name".formatted(name, from.repository(), to.repository()));
            return Optional.empty();
        }
        String there = namespace(to.repository());
        if (!base(from.repository()).equals(base(to.repository()))
                || (there.isEmpty() && !namespace(from.repository()).isEmpty())) {
            leave("%s: a policy can change the namespace, but not %s into %s".formatted(name, from.repository(),
                    to.repository()));
            return Optional.empty();
        }
        ObjectNode policy = policy(name, from.registry(), to.registry());
        if (!there.equals(namespace(from.repository()))) {
            policy.put("dest_namespace", there);
        }
        filter(policy, "name", from.repository(), "matches");
        return Optional.of(policy);
    }

    /** A policy for a whole registry. */
    ObjectNode policy(String name, String from, String to) {
        registry(from);
        registry(to);
        String free = name;
        for (int i = 2; this.set.policies().containsKey(free); i++) {
            free = name + " " + i;
        }
        ObjectNode policy = JsonTrees.object().put("name", free).put("source", from).put("destination", to);
        this.set.policies().put(free, policy);
        return policy;
    }

    static void filter(ObjectNode policy, String type, String value, String decoration) {
        policy.withArray("filters").addObject().put("type", type).put("value", value).put("decoration", decoration);
    }

    /** A filter by regular expressions; one of them must match the whole name. */
    void oneOf(ObjectNode policy, String type, List<String> expressions) {
        List<String> globs = globs(policy, type, expressions);
        if (!globs.isEmpty() && globs.size() == expressions.size()) {
            either(policy, type, globs);
        }
    }

    /** A filter by tags; one of them must be the tag. */
    void tags(ObjectNode policy, List<String> tags) {
        List<String> real = tags.stream().filter(NameGrammar::isTag).toList();
        tags.stream()
            .filter((tag) -> !NameGrammar.isTag(tag))
            .forEach((tag) -> disable(policy, (Place.Reference.isDigest(tag)
                    ? "the digest %s, while a policy takes only tags" : "\"%s\", which is no tag")
                .formatted(tag), "you solve it in another way"));
        if (!real.isEmpty()) {
            either(policy, "tag", real);
        }
    }

    private void either(ObjectNode policy, String type, List<String> globs) {
        String glob = (globs.size() == 1) ? globs.getFirst() : "{" + String.join(",", globs) + "}";
        try {
            filter(policy, type, Glob.of(glob).toString(), "matches");
        }
        catch (IllegalArgumentException ex) {
            disable(policy, "a filter for all %d of its %ss (%s)".formatted(globs.size(), type, ex.getMessage()),
                    "you split it");
        }
    }

    /** A filter for each regular expression; none may match the whole name. */
    void noneOf(ObjectNode policy, String type, List<String> expressions) {
        globs(policy, type, expressions).forEach((glob) -> filter(policy, type, glob, "excludes"));
    }

    private List<String> globs(ObjectNode policy, String type, List<String> expressions) {
        List<String> globs = new ArrayList<>();
        for (String expression : expressions) {
            new RegexGlob(expression, RegexGlob.Subject.of(type)).glob()
                .ifPresentOrElse(globs::add, () -> disable(policy,
                        "the %s expression %s has no glob".formatted(type, expression), "you write a filter for it"));
        }
        return globs;
    }

    /**
     * Disables a policy that would copy too much, or to a wrong place, without the
     * missing part.
     */
    void disable(ObjectNode policy, String missing, String until) {
        leave("%s: %s; the policy is disabled until %s".formatted(policy.path("name").asText(), missing, until));
        policy.put("enabled", false);
        String before = policy.path("description").asText("");
        policy.put("description", OutsideText.line(
                (before.isEmpty() ? "Disabled by the import, which could not carry over: " : before + "; ") + missing,
                LONGEST_DESCRIPTION));
    }

    private static String namespace(String repository) {
        return repository.contains("/") ? repository.substring(0, repository.lastIndexOf('/')) : "";
    }

    private static String base(String repository) {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

}
