package cli.copy;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.model.StopSignal;

/** A registry of which only the images for one platform are read. */
record PlatformRegistry(ContentRegistry registry, Platform platform) implements ContentRegistry {

    @Override
    public ContentSource source(String repository, StopSignal stop) {
        return new PlatformSource(this.registry.source(repository, stop), this.platform);
    }

    @Override
    public ContentTarget target(String repository, StopSignal stop) {
        return this.registry.target(repository, stop);
    }

}
