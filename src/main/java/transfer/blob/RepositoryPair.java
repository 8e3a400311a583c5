package transfer.blob;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.manifest.PlatformSource;
import oci.model.StopSignal;
import replication.execution.copy.TransferOrder;

/** Both ends of one repository's copy. */
public record RepositoryPair(ContentRegistry from, ContentRegistry to, TransferOrder order, StopSignal stop) {

    /** The source, as the order sees it: of one platform only, if it names one. */
    public ContentSource source() {
        ContentSource whole = this.from.source(this.order.sourceRepository(), this.stop);
        return (this.order.platform() != null) ? new PlatformSource(whole, this.order.platform()) : whole;
    }

    public ContentTarget target() {
        return this.to.target(this.order.destinationRepository(), this.stop)
            .copyOf(this.from.source(this.order.sourceRepository(), this.stop));
    }

    /** The same pair under another signal. */
    public RepositoryPair until(StopSignal other) {
        return new RepositoryPair(this.from, this.to, this.order, other);
    }

    RegistryKey destination() {
        return RegistryKey.of(this.order.destination());
    }

    /** Whether blobs can be mounted straight from the source. */
    boolean sameRegistry() {
        return RegistryKey.of(this.order.source()).equals(destination());
    }

}
