package api.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import api.BandwidthBody;
import api.Bounded;
import api.Parameters;
import api.Required;
import api.registry.RegistryRequest;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.access.Caller;
import replication.policy.Filter;
import replication.policy.ForeignLayers;
import replication.policy.Glob;
import replication.policy.Overlap;
import replication.policy.Policy;
import replication.policy.Scheduling;
import replication.policy.Trigger;

/**
 * A policy, both ways: what only the service may say ({@code id}, {@code creator}, the
 * times) is passed over when a client writes it.
 *
 * @param override true where it is not said
 * @param enabled true where it is not said
 * @param priority from -100 to 100, 0 where it is not said; the higher, the earlier
 * @param overlap skip (also where it is not said), queue, replace or allow
 * @param maxTasks tasks in work at once on all nodes together; 0 for no cap
 * @param bandwidth what its tasks move, on all nodes together
 * @param allowEmpty false where it is not said: an execution that selects nothing, or
 * lacks a repository that is named, is partial
 * @param foreignLayers skip_bytes (also where it is not said), copy or skip_image: what
 * becomes of layers that may not be distributed
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PolicyBody(@Nullable Long id, @Nullable String name, @Nullable String description,
        @Nullable String creator, @Nullable Instant creationTime, @Nullable Instant updateTime,
        @Nullable Long srcRegistryId, @Nullable List<String> srcNamespaces, @Nullable Long destRegistryId,
        @Nullable String destNamespace, @Nullable List<FilterBody> filters, @Nullable List<TriggerBody> triggers,
        @Nullable Boolean deletion, @Nullable Boolean override, @Nullable Boolean enabled, @Nullable Integer priority,
        @Nullable String overlap, @Nullable Integer maxTasks, @Nullable BandwidthBody bandwidth,
        @Nullable Boolean allowEmpty, @Nullable String foreignLayers) {

    /**
     * Repository names by the distribution specification ("Pulling manifests"); read in
     * linear time, which a backtracking engine would not.
     */
    private static final Pattern NAMESPACE = Pattern
        .compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    public static PolicyBody of(Policy policy, Instant now) {
        return new PolicyBody(policy.id(), policy.name(), policy.description(), policy.creator(), policy.creationTime(),
                policy.updateTime(), policy.srcRegistryId(), policy.srcNamespaces(), policy.destRegistryId(),
                policy.destNamespace(), policy.filters().stream().map(FilterBody::of).toList(),
                policy.triggers().stream().map((trigger) -> TriggerBody.of(trigger, now)).toList(), policy.deletion(),
                policy.override(), policy.enabled(), policy.scheduling().priority(), policy.scheduling().overlap().id(),
                policy.scheduling().maxTasks(), BandwidthBody.of(policy.scheduling().bandwidth()), policy.allowEmpty(),
                policy.foreignLayers().id());
    }

    public Policy toPolicy(long policyId, Caller caller) {
        return new Policy(policyId, RegistryRequest.name("name", this.name),
                Bounded.text("description", this.description, Bounded.DESCRIPTION), caller.name(), null, null,
                Required.id("src_registry_id", this.srcRegistryId), namespaces(),
                Required.id("dest_registry_id", this.destRegistryId), destination(), readFilters(), readTriggers(),
                Boolean.TRUE.equals(this.deletion), !Boolean.FALSE.equals(this.override),
                !Boolean.FALSE.equals(this.enabled), scheduling(), Boolean.TRUE.equals(this.allowEmpty), foreign());
    }

    private ForeignLayers foreign() {
        ForeignLayers read = Parameters.oneOf("foreign_layers", this.foreignLayers, ForeignLayers.class);
        return (read != null) ? read : ForeignLayers.SKIP_BYTES;
    }

    /** The same with a name where it has none. */
    public PolicyBody named(String otherwise) {
        return (this.name != null && !this.name.isBlank()) ? this
                : new PolicyBody(this.id, otherwise, this.description, this.creator, this.creationTime, this.updateTime,
                        this.srcRegistryId, this.srcNamespaces, this.destRegistryId, this.destNamespace, this.filters,
                        this.triggers, this.deletion, this.override, this.enabled, this.priority, this.overlap,
                        this.maxTasks, this.bandwidth, this.allowEmpty, this.foreignLayers);
    }

    private Scheduling scheduling() {
        Overlap read = Parameters.oneOf("overlap", this.overlap, Overlap.class);
        return new Scheduling(
                Parameters.within("priority", this.priority, -Scheduling.MOST_PRIORITY, Scheduling.MOST_PRIORITY),
                (read != null) ? read : Overlap.SKIP,
                Parameters.within("max_tasks", this.maxTasks, 0, Scheduling.MOST_TASKS),
                BandwidthBody.read("bandwidth", this.bandwidth));
    }

    private List<String> namespaces() {
        List<String> checked = new ArrayList<>();
        for (String namespace : Bounded.list("src_namespaces", this.srcNamespaces, Bounded.NAMESPACES)) {
            checked.add(namespace("src_namespaces[" + checked.size() + "]", namespace));
        }
        return checked;
    }

    private String destination() {
        String namespace = Bounded.text("dest_namespace", this.destNamespace, Bounded.NAMESPACE);
        return namespace.isEmpty() ? "" : namespace("dest_namespace", namespace);
    }

    private static String namespace(String field, @Nullable String namespace) {
        if (!NAMESPACE.matcher(Bounded.text(field, namespace, Bounded.NAMESPACE)).matches() || namespace == null) {
            throw new Refusal.Invalid(field,
                    "a namespace is lower-case components joined by /, such as org/team, not \"" + namespace + "\"");
        }
        return namespace;
    }

    private List<Filter> readFilters() {
        List<Filter> read = new ArrayList<>();
        for (FilterBody filter : Bounded.list("filters", this.filters, Bounded.FILTERS)) {
            read.add(FilterBody.read(filter, "filters[" + read.size() + "]"));
        }
        return read;
    }

    private List<Trigger> readTriggers() {
        List<Trigger> read = new ArrayList<>();
        for (TriggerBody trigger : Bounded.list("triggers", this.triggers, Bounded.TRIGGERS)) {
            read.add(TriggerBody.read(trigger, "triggers[" + read.size() + "]"));
        }
        return read.isEmpty() ? List.of(new Trigger.Manual()) : read;
    }

    /**
     * A filter.
     *
     * @param value a glob, or the resource's name
     * @param decoration {@code matches}, also where it is not said, or {@code excludes}
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record FilterBody(@Nullable String type, @Nullable String value, @Nullable String decoration) {

        public static FilterBody of(Filter filter) {
            return new FilterBody(filter.type(), filter.value(), filter.decoration().id());
        }

        public static Filter read(@Nullable FilterBody body, String field) {
            if (body == null) {
                throw new Refusal.Invalid(field, "a filter has a type and a value");
            }
            String type = Bounded.text(field + ".type", body.type, Bounded.ACCOUNT);
            switch (type) {
                case Filter.NAME, Filter.TAG -> body.checkGlob(field);
                case Filter.RESOURCE -> body.checkResource(field);
                default -> throw new Refusal.Invalid(field + ".type",
                        "a filter's type is name, tag or resource, not \"" + type + "\"");
            }
            return new Filter(type, String.valueOf(body.value), body.readDecoration(field));
        }

        private void checkGlob(String field) {
            if (this.value == null) {
                throw new Refusal.Invalid(field + ".value", field + ".value is missing");
            }
            try {
                Glob.of(this.value);
            }
            catch (IllegalArgumentException ex) {
                throw new Refusal.Invalid(field + ".value", "bad pattern \"" + this.value + "\": " + ex.getMessage());
            }
        }

        private void checkResource(String field) {
            Required.text(field + ".value", this.value, Bounded.ACCOUNT);
            if (readDecoration(field) == Filter.Decoration.EXCLUDES) {
                throw new Refusal.Invalid(field + ".decoration", "a resource filter can only match");
            }
        }

        private Filter.Decoration readDecoration(String field) {
            Filter.Decoration read = Parameters.oneOf(field + ".decoration", this.decoration, Filter.Decoration.class);
            return (read != null) ? read : Filter.Decoration.MATCHES;
        }

    }

    /** A trigger. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record TriggerBody(@Nullable String type, @Nullable SettingsBody triggerSettings) {

        public static TriggerBody of(Trigger trigger, Instant now) {
            return new TriggerBody(trigger.type(), SettingsBody.of(trigger, now));
        }

        public static Trigger read(@Nullable TriggerBody body, String field) {
            String type = (body != null) ? Bounded.text(field + ".type", body.type, Bounded.ACCOUNT) : "";
            SettingsBody settings = (body != null && body.triggerSettings != null) ? body.triggerSettings
                    : SettingsBody.NONE;
            String where = field + ".trigger_settings";
            return switch (type) {
                case "manual" -> settings.manual(where);
                case "scheduled" -> settings.scheduled(where);
                case "event" -> settings.event(where);
                default -> throw new Refusal.Invalid(field + ".type",
                        "a trigger's type is manual, scheduled or event, not \"" + type + "\"");
            };
        }

    }

}
