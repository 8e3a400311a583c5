package replication.policy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A replication template: the proposal's policy.
 * <p>
 * The API, the rows and the files all have the JSON of this record, which is flat: a
 * group's fields stand beside the others. A new field is a component here, a column of
 * the table {@code policy} and a line in docs/policies.md. A component that JSON leaves
 * out takes its default in the constructor.
 *
 * @param id 0 for a policy that has not been saved
 * @param name unique among all policies
 * @param description for people
 * @param enabled whether triggers and people may start it; true by default
 * @param triggers what starts it; by default only a request does
 */
public record Policy(long id, String name, String description, @JsonUnwrapped Authorship authorship,
        @JsonUnwrapped Source source, @JsonUnwrapped Destination destination, @JsonUnwrapped Selection selection,
        List<Trigger> triggers, @JsonUnwrapped Behaviour behaviour, Boolean enabled,
        @JsonUnwrapped Scheduling scheduling) {

    public Policy {
        name = Objects.requireNonNullElse(name, "");
        description = Objects.requireNonNullElse(description, "");
        triggers = (triggers == null || triggers.isEmpty()) ? List.of(new Trigger.Manual()) : List.copyOf(triggers);
        enabled = Objects.requireNonNullElse(enabled, true);
    }

    /** The same policy, which only a request starts. */
    public Policy manual() {
        return with(this.id, this.name, this.authorship, List.of());
    }

    public Policy named(String other) {
        return with(this.id, other, this.authorship, this.triggers);
    }

    /** The same policy under an id, as somebody asks for it to be saved. */
    public Policy askedBy(String who, long under) {
        return with(under, this.name, Authorship.of(who), this.triggers);
    }

    private Policy with(long newId, String newName, Authorship newAuthorship, List<Trigger> newTriggers) {
        return new Policy(newId, newName, this.description, newAuthorship, this.source, this.destination,
                this.selection, newTriggers, this.behaviour, this.enabled, this.scheduling);
    }

    /**
     * Who wrote the policy and when; only the service says so.
     *
     * @param creationTime null for a policy that has not been saved
     * @param updateTime null for a policy that has not been saved
     */
    public record Authorship(String creator, @JsonProperty("creation_time") @Nullable Instant creationTime,
            @JsonProperty("update_time") @Nullable Instant updateTime) {

        public Authorship {
            creator = Objects.requireNonNullElse(creator, "");
        }

        public static Authorship of(String creator) {
            return new Authorship(creator, null, null);
        }

    }

    /**
     * Where the policy reads.
     *
     * @param namespaces only repositories in or below one of these; none for all
     */
    public record Source(@JsonProperty("src_registry_id") long registryId,
            @JsonProperty("src_namespaces") List<String> namespaces) {

        public Source {
            namespaces = (namespaces == null) ? List.of() : List.copyOf(namespaces);
        }

    }

    /**
     * Where the policy writes.
     *
     * @param namespace replaces the source's namespace; empty to keep that
     */
    public record Destination(@JsonProperty("dest_registry_id") long registryId,
            @JsonProperty("dest_namespace") String namespace) {

        public Destination {
            namespace = Objects.requireNonNullElse(namespace, "");
        }

    }

    /**
     * What the policy replicates.
     *
     * @param filters a thing is replicated only if all of them accept it
     * @param allowEmpty whether an execution may succeed although the source has nothing
     * of what the filters select, or lacks a repository or tag that they name
     */
    public record Selection(List<Filter> filters, @JsonProperty("allow_empty") boolean allowEmpty) {

        /** Everything that the source has. */
        public static final Selection EVERYTHING = new Selection(List.of(), false);

        public Selection {
            filters = (filters == null) ? List.of() : List.copyOf(filters);
        }

    }

    /**
     * How the policy copies.
     *
     * @param deletion whether deletions at the source are carried over
     * @param override whether a different image under the same tag is replaced; true by
     * default
     * @param foreignLayers what happens to layers that may not be distributed
     */
    public record Behaviour(boolean deletion, Boolean override,
            @JsonProperty("foreign_layers") ForeignLayers foreignLayers) {

        /** Replaces what differs and deletes nothing. */
        public static final Behaviour DEFAULT = new Behaviour(false, true, ForeignLayers.SKIP_BYTES);

        public Behaviour {
            override = Objects.requireNonNullElse(override, true);
            foreignLayers = Objects.requireNonNullElse(foreignLayers, ForeignLayers.SKIP_BYTES);
        }

    }

}
