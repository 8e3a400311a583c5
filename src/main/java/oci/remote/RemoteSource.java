package oci.remote;

import java.util.Optional;
import java.util.stream.Stream;

import oci.Artifact;
import oci.BlobContent;
import oci.ContentSource;
import oci.blob.BlobPull;
import oci.http.RemoteRepository;
import oci.limits.ManifestHold;
import oci.listing.TagList;
import oci.manifest.ManifestHead;
import oci.manifest.ManifestPull;
import oci.model.Descriptor;
import oci.model.RawManifest;

/**
 * A repository of a remote registry, to read.
 *
 * @param past whether past caches, also those of a listing
 */
record RemoteSource(RemoteRepository repository, Differences differences, boolean past) implements ContentSource {

    RemoteSource(RemoteRepository repository, Differences differences) {
        this(repository, differences, false);
    }

    @Override
    public Stream<String> tags() {
        return new TagList(this.repository).tags();
    }

    @Override
    public Stream<Artifact> artifacts() {
        return this.differences.artifacts(this.repository, this.past);
    }

    @Override
    public ContentSource afresh() {
        return new RemoteSource(this.repository.afresh(), this.differences, true);
    }

    @Override
    public Optional<Boolean> open() {
        return this.differences.open(this.repository);
    }

    @Override
    public boolean exists() {
        return new TagList(this.repository).exists();
    }

    @Override
    public Optional<Descriptor> head(String reference) {
        return new ManifestHead(this.repository).of(reference);
    }

    @Override
    public RawManifest manifest(String reference) {
        return new ManifestPull(this.repository).of(reference);
    }

    @Override
    public RawManifest manifest(String reference, ManifestHold hold) {
        return new ManifestPull(this.repository).of(reference, hold);
    }

    @Override
    public BlobContent blob(Descriptor blob, long from) {
        return new BlobPull(this.repository, blob).open(from);
    }

}
