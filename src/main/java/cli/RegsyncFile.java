package cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.policy.Cron;

/** The configuration of regclient's regsync, version 1. */
final class RegsyncFile {

    private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\{\\{\\s*env \"(\\w+)\"\\s*}}");

    private static final String EVERY = "@every ";

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
            // What begins with x- is the user's own, mostly for anchors.
            .filter((field) -> !known.contains(field.getKey()) && !field.getKey().startsWith("x-"))
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

    /**
     * All of a registry. Below a path of the target regsync keeps whole names, which no
     * mapping of a policy does; without the path the copies would lie elsewhere.
     */
    private Optional<ObjectNode> registry(String source, String target) {
        ObjectNode policy = this.draft.policy(source, registry(source), registry(target));
        for (String side : List.of(source, target)) {
            if (side.contains("/")) {
                this.draft.disable(policy, "the path of %s for a whole registry".formatted(side),
                        "namespaces for it are written");
            }
        }
        return Optional.of(policy);
    }

    private static String registry(String text) {
        return place(text + "/any").registry();
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
            interval(policy, timed.path("interval").asText());
        }
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
            this.draft
                .leave("%s: the schedule %s: %s".formatted(policy.path("name").asText(), schedule, ex.getMessage()));
        }
    }

    private void interval(ObjectNode policy, String interval) {
        clock(interval).ifPresentOrElse((cron) -> trigger(policy, cron),
                () -> this.draft.leave("%s: the interval %s, which the clock has no times for"
                    .formatted(policy.path("name").asText(), interval)));
    }

    private static void trigger(ObjectNode policy, Cron cron) {
        policy.putArray("triggers")
            .addObject()
            .put("type", "scheduled")
            .putObject("trigger_settings")
            .put("cron", cron.text());
    }

    /**
     * Times by the clock that are as far apart; empty where an hour or a day has none.
     */
    private static Optional<Cron> clock(String interval) {
        Duration duration;
        try {
            // Go writes 1h30m0s where ISO 8601 has PT1H30M0S.
            duration = Duration.parse("PT" + interval);
        }
        catch (DateTimeParseException _) {
            return Optional.empty();
        }
        long minutes = duration.toMinutes();
        if (minutes <= 0 || !Duration.ofMinutes(minutes).equals(duration) || (24 * 60) % minutes != 0) {
            return Optional.empty();
        }
        if (minutes < 60) {
            return (60 % minutes == 0) ? Optional.of(new Cron("*/" + minutes + " * * * *")) : Optional.empty();
        }
        if (minutes % 60 != 0) {
            return Optional.empty();
        }
        long hours = minutes / 60;
        String hour = (hours == 1) ? "*" : (hours == 24) ? "0" : "*/" + hours;
        return Optional.of(new Cron("0 " + hour + " * * *"));
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
