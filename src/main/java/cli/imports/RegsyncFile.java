package cli.imports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cli.copy.Place;
import cli.shared.CommandFailed;
import cli.shared.JsonTrees;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.policy.Cron;

/**
 * The configuration of regclient's regsync, version 1. Fields about speed and methods are
 * listed and ignored. A field about the selection of images without a counterpart in a
 * policy disables the policy, and so does an unknown field.
 */
public final class RegsyncFile {

    private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\{\\{\\s*env \"(\\w+)\"\\s*}}");

    private static final String EVERY = "@every ";

    private static final Set<String> TOP = Set.of("version", "creds", "defaults", "sync");

    private static final Set<String> CREDENTIAL = Set.of("registry", "hostname", "user", "pass", "token", "tls",
            "scheme", "regcert");

    private static final Set<String> CREDENTIAL_PACE = Set.of("reqPerSec", "reqConcurrent", "blobChunk", "blobMax",
            "priority", "repoAuth", "api", "apiOpts", "credExpire", "mirrors");

    private static final Set<String> SYNC = Set.of("source", "target", "type", "tags", "tagSets", "repos", "schedule",
            "interval", "includeExternal");

    private static final Set<String> SYNC_PACE = Set.of("ratelimit", "fastCheck", "forceRecursive", "referrerSlow");

    private static final Set<String> DEFAULTS_PACE = Set.of("parallel", "blobLimit", "cacheCount", "cacheTime",
            "skipDockerConfig", "userAgent");

    private static final Set<String> NOTHING = Set.of("", "false", "0", "0s");

    /** The media types that regsync copies by default. */
    private static final Set<String> MEDIA_TYPES = Set.of("application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json");

    private final JsonNode file;

    private final Draft draft = new Draft();

    public RegsyncFile(JsonNode file) {
        this.file = file;
    }

    public Draft draft() {
        if (!this.file.isObject() || !this.file.path("version").asText("1").matches("0|1")) {
            throw new CommandFailed("it is no configuration of regsync, version 1");
        }
        unknown(this.file, TOP).forEach((field) -> this.draft.doubt("the field " + field));
        named(this.file.path("defaults"), "defaults.", DEFAULTS_PACE);
        named(this.file.path("defaults"), "defaults.", SYNC_PACE);
        list("creds").forEach(this::credential);
        list("sync").forEach(this::sync);
        return this.draft.settled();
    }

    private List<JsonNode> list(String field) {
        JsonNode list = this.file.path(field);
        if (!list.isArray() && !list.isNull() && !list.isMissingNode()) {
            throw new CommandFailed("%s is no list".formatted(field));
        }
        return list.valueStream().toList();
    }

    /** Fields that begin with x- are the user's own, mostly for anchors. */
    private static List<String> unknown(JsonNode node, Set<String> known) {
        return node.propertyStream()
            .filter((field) -> !known.contains(field.getKey()) && !field.getKey().startsWith("x-")
                    && differs(field.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    }

    /** Whether a value differs from regsync's default. */
    private static boolean differs(JsonNode value) {
        return value.isContainerNode() ? !value.isEmpty() : !value.isNull() && !NOTHING.contains(value.asText());
    }

    private void named(JsonNode node, String path, Set<String> pace) {
        pace.stream()
            .sorted()
            .filter((field) -> node.has(field) && differs(node.path(field)))
            .forEach((field) -> this.draft.leave(path + field));
    }

    private void credential(JsonNode given) {
        String host = given.path("registry").asText();
        ObjectNode registry = this.draft.registry(registry(host));
        String name = registry.path("name").asText();
        String address = given.hasNonNull("hostname") ? given.path("hostname").asText() : "";
        boolean plain = given.path("tls").asText().equals("disabled") || given.path("scheme").asText().equals("http");
        if (plain || !address.isEmpty()) {
            registry.put("url", (plain ? "http://" : "https://") + (address.isEmpty() ? host : address));
        }
        if (given.path("tls").asText().equals("insecure")) {
            registry.put("insecure", true);
        }
        if (given.hasNonNull("regcert")) {
            registry.put("ca_certificate", given.path("regcert").asText());
        }
        login(given, registry);
        named(given, "creds of " + host + ": ", CREDENTIAL_PACE);
        unknown(given, union(CREDENTIAL, CREDENTIAL_PACE))
            .forEach((field) -> this.draft.doubt(name, "%s in the creds of %s".formatted(field, host)));
    }

    private void login(JsonNode given, ObjectNode registry) {
        String user = given.path("user").asText("");
        String secret = given.path(given.hasNonNull("token") ? "token" : "pass").asText("");
        Matcher variable = FROM_ENVIRONMENT.matcher(secret);
        Optional<String> named = variable.matches() ? Optional.of(variable.group(1)) : Optional.empty();
        if (given.hasNonNull("token")) {
            this.draft.token(registry, named);
        }
        else if (!user.isEmpty()) {
            this.draft.login(registry, user, named);
        }
        if (user.contains("{{")) {
            this.draft.doubt(registry.path("name").asText(), "the user %s, which is a template".formatted(user));
        }
    }

    private void sync(JsonNode own) {
        JsonNode given = withDefaults(own);
        String source = given.path("source").asText();
        String target = given.path("target").asText();
        String type = given.path("type").asText();
        try {
            (switch (type) {
                case "image" -> image(source, place(source), place(target));
                case "repository" -> this.draft.policy(source, place(source), place(target));
                case "registry" -> registry(source, target);
                default -> throw new IllegalArgumentException("a sync of type " + type);
            }).ifPresent((policy) -> complete(policy, given));
        }
        catch (IllegalArgumentException ex) {
            this.draft.leave("%s: %s".formatted(source, ex.getMessage()));
        }
    }

    private JsonNode withDefaults(JsonNode own) {
        ObjectNode whole = JsonTrees.object();
        boolean timed = own.hasNonNull("schedule") || own.hasNonNull("interval");
        this.file.path("defaults")
            .propertyStream()
            .filter((field) -> !DEFAULTS_PACE.contains(field.getKey()) && !SYNC_PACE.contains(field.getKey()))
            .filter((field) -> !timed || !(field.getKey().equals("schedule") || field.getKey().equals("interval")))
            .forEach((field) -> whole.set(field.getKey(), field.getValue()));
        own.propertyStream()
            // An empty text or list counts as absent; false does not.
            .filter((field) -> differs(field.getValue()) || field.getValue().asText().equals("false"))
            .forEach((field) -> whole.set(field.getKey(), field.getValue()));
        return whole;
    }

    private void complete(ObjectNode policy, JsonNode given) {
        String name = policy.path("name").asText();
        new RegsyncTags(this.draft, policy).narrow(given);
        if (given.path("includeExternal").asText().equals("true")) {
            policy.put("foreign_layers", "copy");
        }
        if (given.hasNonNull("schedule")) {
            schedule(policy, given.path("schedule").asText());
        }
        else if (given.hasNonNull("interval")) {
            interval(policy, given.path("interval").asText());
        }
        named(given, name + ": ", SYNC_PACE);
        unknown(given, union(SYNC, SYNC_PACE)).stream()
            .filter((field) -> !meansAll(field, given))
            .forEach((field) -> this.draft.disable(policy, field, "you solve it in another way"));
    }

    /** Whether a policy without a filter does the same. */
    private static boolean meansAll(String field, JsonNode given) {
        return switch (field) {
            case "mediaTypes" -> given.path(field)
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet())
                .containsAll(MEDIA_TYPES);
            case "digestTags" -> !given.path("type").asText().equals("image") && !differs(given.path("tags"))
                    && !differs(given.path("tagSets"));
            default -> false;
        };
    }

    private Optional<ObjectNode> image(String name, Place.Remote from, Place.Remote to) {
        String tag = from.reference().isEmpty() ? Place.LATEST : from.reference();
        String wanted = to.reference().isEmpty() ? Place.LATEST : to.reference();
        if (Place.Reference.isDigest(tag) || !tag.equals(wanted)) {
            this.draft.leave("%s: a policy keeps tags and takes no digests, but this wants %s as %s".formatted(name,
                    tag, wanted));
            return Optional.empty();
        }
        Optional<ObjectNode> policy = this.draft.policy(name, from, to);
        policy.ifPresent((found) -> this.draft.tags(found, List.of(tag)));
        return policy;
    }

    /**
     * A policy for a whole registry. regsync keeps whole names below a path of the
     * target, which no policy can; without the path the copies would be elsewhere.
     */
    private Optional<ObjectNode> registry(String source, String target) {
        ObjectNode policy = this.draft.policy(source, registry(source), registry(target));
        for (String side : List.of(source, target)) {
            if (side.contains("/")) {
                this.draft.disable(policy, "the path of %s for a whole registry".formatted(side),
                        "you write namespaces for it");
            }
        }
        return Optional.of(policy);
    }

    private static String registry(String text) {
        return place("https://" + text + "/any").registry();
    }

    private void schedule(ObjectNode policy, String schedule) {
        if (schedule.startsWith(EVERY)) {
            interval(policy, schedule.substring(EVERY.length()).strip());
            return;
        }
        try {
            trigger(policy, new Cron(schedule));
        }
        catch (IllegalArgumentException ex) {
            this.draft.leave("%s: the schedule %s: %s; it is started by hand".formatted(policy.path("name").asText(),
                    schedule, ex.getMessage()));
        }
    }

    private void interval(ObjectNode policy, String interval) {
        Interval.of(interval)
            .ifPresentOrElse((cron) -> trigger(policy, cron),
                    () -> this.draft.leave("%s: the interval %s, which no cron expression has; it is started by hand"
                        .formatted(policy.path("name").asText(), interval)));
    }

    private static void trigger(ObjectNode policy, Cron cron) {
        policy.putArray("triggers")
            .addObject()
            .put("type", "scheduled")
            .putObject("trigger_settings")
            .put("cron", cron.text());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }

    private static Place.Remote place(String text) {
        if (Place.parse(text) instanceof Place.Remote remote) {
            return remote;
        }
        throw new IllegalArgumentException("%s is no registry".formatted(text));
    }

}
