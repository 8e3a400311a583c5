package replication.policy;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A replication template: the proposal's policy.
 *
 * @param id 0 where it has not been saved
 * @param creationTime null where it has not been saved
 * @param srcNamespaces empty for all
 * @param destNamespace empty to keep the source's
 * @param deletion whether deletions at the source are carried over
 * @param override whether a different image under the same tag is replaced
 * @param scheduling how it shares the cluster
 * @param allowEmpty whether it is well that the source has nothing of what it selects, or
 * lacks a repository that it names
 * @param foreignLayers what becomes of layers that may not be distributed
 */
public record Policy(long id, String name, String description, String creator, @Nullable Instant creationTime,
        @Nullable Instant updateTime, long srcRegistryId, List<String> srcNamespaces, long destRegistryId,
        String destNamespace, List<Filter> filters, List<Trigger> triggers, boolean deletion, boolean override,
        boolean enabled, Scheduling scheduling, boolean allowEmpty, ForeignLayers foreignLayers) {

    public Policy {
        srcNamespaces = List.copyOf(srcNamespaces);
        filters = List.copyOf(filters);
        triggers = List.copyOf(triggers);
    }

    /** One that is to find what it selects, and leaves foreign layers where they are. */
    public Policy(long id, String name, String description, String creator, @Nullable Instant creationTime,
            @Nullable Instant updateTime, long srcRegistryId, List<String> srcNamespaces, long destRegistryId,
            String destNamespace, List<Filter> filters, List<Trigger> triggers, boolean deletion, boolean override,
            boolean enabled, Scheduling scheduling) {
        this(id, name, description, creator, creationTime, updateTime, srcRegistryId, srcNamespaces, destRegistryId,
                destNamespace, filters, triggers, deletion, override, enabled, scheduling, false,
                ForeignLayers.SKIP_BYTES);
    }

    /** The same, which nothing but a request starts. */
    public Policy manual() {
        return new Policy(this.id, this.name, this.description, this.creator, this.creationTime, this.updateTime,
                this.srcRegistryId, this.srcNamespaces, this.destRegistryId, this.destNamespace, this.filters,
                List.of(new Trigger.Manual()), this.deletion, this.override, this.enabled, this.scheduling,
                this.allowEmpty, this.foreignLayers);
    }

}
