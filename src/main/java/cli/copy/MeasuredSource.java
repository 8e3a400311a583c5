package cli.copy;

import java.util.Optional;
import java.util.stream.Stream;

import oci.Artifact;
import oci.BlobContent;
import oci.ContentSource;
import oci.manifest.ManifestReader;
import oci.model.Descriptor;
import oci.model.Manifest;
import oci.model.RawManifest;

/** Tells which blobs are to come from the manifests that are read. */
record MeasuredSource(ContentSource source, CopyProgress progress) implements ContentSource {

    @Override
    public RawManifest manifest(String reference) {
        RawManifest raw = this.source.manifest(reference);
        switch (ManifestReader.read(raw)) {
            case Manifest.Image image -> image.blobs().forEach(this.progress::expect);
            case Manifest.Index _, Manifest.Legacy _ -> {
                // An index lists no blobs; of a legacy image none are copied.
            }
        }
        return raw;
    }

    @Override
    public ContentSource afresh() {
        return new MeasuredSource(this.source.afresh(), this.progress);
    }

    @Override
    public Stream<String> tags() {
        return this.source.tags();
    }

    @Override
    public Stream<Artifact> artifacts() {
        return this.source.artifacts();
    }

    @Override
    public boolean exists() {
        return this.source.exists();
    }

    @Override
    public Optional<Descriptor> head(String reference) {
        return this.source.head(reference);
    }

    @Override
    public BlobContent blob(Descriptor blob, long from) {
        return this.source.blob(blob, from);
    }

}
