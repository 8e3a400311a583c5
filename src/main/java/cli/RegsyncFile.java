package cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The configuration of regclient's regsync, version 1. */
final class RegsyncFile {

    private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\{\\{\\s*env \"(\\w+)\"\\s*}}");

    private static final Set<String> TOP = Set.of("version", "creds", "defaults", "sync");

    private static final Set<String> CREDENTIAL = Set.of("registry", "user", "pass", "tls", "regcert");

    private static final Set<String> SCHEDULE = Set.of("schedule", "interval");

    private static final Set<String> SYNC = Set.of("source", "target", "type", "tags", "repos", "schedule", "interval");

    private static final Set<String> LISTS = Set.of("allow", "deny");

    private final JsonNode file;

    private final Draft draft = new Draft();

    RegsyncFile(JsonNode file) {
        this.file = file;
    }

    Draft draft() {
        others(this.file, "", TOP);
        others(this.file.path("defaults"), "defaults.", SCHEDULE);
        this.file.path("creds").forEach(this::credential);
        this.file.path("sync").forEach(this::sync);
        return this.draft;
    }

    private void others(JsonNode node, String path, Set<String> known) {
        node.properties()
            .stream()
            .filter((field) -> !known.contains(field.getKey()))
            .forEach((field) -> this.draft.leave("%s%s".formatted(path, field.getKey())));
    }

    private void credential(JsonNode given) {
        String host = given.path("registry").asText();
        ObjectNode registry = this.draft.registry(place(host + "/any").registry());
        switch (given.path("tls").asText("enabled")) {
            case "disabled" -> registry.put("url", "http://" + host);
            case "insecure" -> registry.put("insecure", true);
            default -> {
                // With TLS, as it is without a word.
            }
        }
        if (given.hasNonNull("regcert")) {
            registry.put("ca_certificate", given.path("regcert").asText());
        }
        if (given.hasNonNull("user")) {
            Matcher password = FROM_ENVIRONMENT.matcher(given.path("pass").asText());
            String user = given.path("user").asText();
            if (user.contains("{{")) {
                this.draft.leave("the user of %s, which is a template: %s".formatted(host, user));
            }
            this.draft.login(registry, user, password.matches() ? Optional.of(password.group(1)) : Optional.empty());
        }
        others(given, "creds of " + host + ": ", CREDENTIAL);
    }

    private void sync(JsonNode given) {
        String source = given.path("source").asText();
        String type = given.path("type").asText();
        try {
            (switch (type) {
                case "image" -> image(source, place(source), place(given.path("target").asText()));
                case "repository" -> this.draft.policy(source, place(source), place(given.path("target").asText()));
                case "registry" -> registry(source, given.path("target").asText());
                default -> throw new IllegalArgumentException("a sync of type " + type);
            }).ifPresent((policy) -> narrow(policy, given));
            others(given, source + ": ", SYNC);
        }
        catch (IllegalArgumentException ex) {
            this.draft.leave("%s: %s".formatted(source, ex.getMessage()));
        }
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
        policy.ifPresent((found) -> Draft.filter(found, "tag", tag, "matches"));
        return policy;
    }

    private Optional<ObjectNode> registry(String source, String target) {
        return Optional
            .of(this.draft.policy(source, place(source + "/any").registry(), place(target + "/any").registry()));
    }

    private void narrow(ObjectNode policy, JsonNode given) {
        String name = policy.path("name").asText();
        for (String field : List.of("tags", "repos")) {
            JsonNode lists = given.path(field);
            String type = field.equals("tags") ? "tag" : "name";
            this.draft.oneOf(policy, type, texts(lists.path("allow")));
            this.draft.noneOf(policy, type, texts(lists.path("deny")));
            others(lists, name + ": " + field + ".", LISTS);
        }
        JsonNode defaults = this.file.path("defaults");
        JsonNode timed = (given.hasNonNull("schedule") || given.hasNonNull("interval")) ? given : defaults;
        if (timed.hasNonNull("schedule")) {
            schedule(policy, timed.path("schedule").asText());
        }
        else if (timed.hasNonNull("interval")) {
            interval(timed.path("interval").asText()).ifPresentOrElse((cron) -> schedule(policy, cron),
                    () -> this.draft.leave("%s: the interval %s, which the clock has no times for".formatted(name,
                            timed.path("interval").asText())));
        }
    }

    private static void schedule(ObjectNode policy, String cron) {
        policy.putArray("triggers")
            .addObject()
            .put("type", "scheduled")
            .putObject("trigger_settings")
            .put("cron", cron);
    }

    /**
     * Times by the clock that are as far apart; empty where an hour or a day has none.
     */
    private static Optional<String> interval(String text) {
        Matcher matcher = Pattern.compile("(\\d{1,5})(m|h)(0m)?(0s)?").matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int minutes = Integer.parseInt(matcher.group(1)) * (matcher.group(2).equals("h") ? 60 : 1);
        if (minutes == 0) {
            return Optional.empty();
        }
        if (60 % minutes == 0 && minutes < 60) {
            return Optional.of("*/" + minutes + " * * * *");
        }
        if (minutes == 24 * 60) {
            return Optional.of("0 0 * * *");
        }
        boolean hours = minutes % 60 == 0 && (24 * 60) % minutes == 0;
        return hours ? Optional.of((minutes == 60) ? "0 * * * *" : "0 */" + minutes / 60 + " * * *") : Optional.empty();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static Place.Remote place(String text) {
        if (Place.parse(text) instanceof Place.Remote remote && !text.startsWith("ocidir:")) {
            return remote;
        }
        throw new IllegalArgumentException("%s is no registry".formatted(text));
    }

}
