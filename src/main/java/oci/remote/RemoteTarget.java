package oci.remote;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import oci.BlobUpload;
import oci.ContentTarget;
import oci.ResumableUpload;
import oci.blob.BlobCheck;
import oci.blob.OpenUpload;
import oci.blob.UploadStart;
import oci.http.RemoteRepository;
import oci.listing.TagList;
import oci.manifest.ManifestHead;
import oci.manifest.ManifestPush;
import oci.manifest.TagDelete;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RawManifest;
import oci.model.WebUrl;

/** A repository of a remote registry, to write. */
record RemoteTarget(RemoteRepository repository) implements ContentTarget {

    @Override
    public Stream<String> tags() {
        return new TagList(this.repository).tags();
    }

    @Override
    public Optional<Descriptor> head(String reference) {
        return new ManifestHead(this.repository).of(reference);
    }

    @Override
    public boolean has(Descriptor blob) {
        return new BlobCheck(this.repository).has(blob);
    }

    @Override
    public Optional<BlobUpload> mount(Descriptor blob, String fromRepository) {
        return new UploadStart(this.repository).mount(blob, fromRepository);
    }

    @Override
    public BlobUpload upload(Descriptor blob) {
        return new UploadStart(this.repository).open(blob);
    }

    @Override
    public Optional<String> delete(String tag, Digest digest, BiPredicate<String, Digest> alsoDeleted) {
        return new TagDelete(this.repository, alsoDeleted).delete(tag, digest);
    }

    @Override
    public Optional<ResumableUpload> uploadAgain(Descriptor blob, String session) {
        return Optional.of(OpenUpload.again(this.repository, blob, WebUrl.parse(session)));
    }

    @Override
    public void put(RawManifest manifest, String reference) {
        new ManifestPush(this.repository).put(manifest, reference);
    }

}
