package transfer.image;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import oci.ContentSource;
import oci.model.Reason;
import oci.model.RegistryFailure;
import replication.execution.copy.MissingAtSource;
import replication.execution.copy.TransferOrder;
import replication.policy.RepositoryFilter;

/**
 * Watches a listing for the tags that the policy names without any wildcard. Used by one
 * thread, except for {@link #missing()}. Tags that an event has named need not exist.
 */
final class NamedTags {

    private final TransferOrder order;

    private final Set<String> missing;

    private boolean any;

    private boolean ended;

    private volatile MissingAtSource missingAtSource = MissingAtSource.NOTHING;

    NamedTags(TransferOrder order) {
        this.order = order;
        this.missing = new LinkedHashSet<>(order.named() ? List.of() : order.filter().namedTags().orElse(List.of()));
    }

    /** Notes that the source lists this tag. */
    void saw(String tag) {
        this.any = true;
        this.missing.remove(tag);
    }

    /** Notes that the listing has come to its end. */
    void end(ContentSource source) {
        if (this.ended) {
            return;
        }
        if (!this.any && repositoryNamed() && !source.exists()) {
            this.missingAtSource = new MissingAtSource.Repository(this.order.sourceRepository(), "");
        }
        else if (!this.missing.isEmpty()) {
            this.missingAtSource = new MissingAtSource.Tags(this.order.sourceRepository(), List.copyOf(this.missing));
        }
        this.ended = true;
    }

    /**
     * Notes that the source refuses to list.
     * @return what to throw: many registries refuse what they do not have
     */
    RegistryFailure refused(RegistryFailure.Unauthorized refusal) {
        if (this.any || !repositoryNamed()) {
            return refusal;
        }
        this.missingAtSource = new MissingAtSource.Repository(this.order.sourceRepository(),
                String.valueOf(refusal.getMessage()));
        return new RegistryFailure.Unauthorized(new Reason(this.missingAtSource.text(), refusal.reason().hint()));
    }

    private boolean repositoryNamed() {
        return !this.order.named()
                && new RepositoryFilter(this.order.policy()).spellsOut(this.order.sourceRepository());
    }

    /** Everything that has been found to be missing so far. */
    MissingAtSource missing() {
        return this.missingAtSource;
    }

}
