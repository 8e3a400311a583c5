package cli.copy;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.model.StopSignal;

/** A registry whose copies tell how far they have come. */
record MeasuredRegistry(ContentRegistry registry, CopyProgress progress) implements ContentRegistry {

    @Override
    public ContentSource source(String repository, StopSignal stop) {
        return new MeasuredSource(this.registry.source(repository, stop), this.progress);
    }

    @Override
    public ContentTarget target(String repository, StopSignal stop) {
        return new MeasuredTarget(this.registry.target(repository, stop), this.progress);
    }

}
