package oci.remote;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import oci.Artifact;
import oci.BlobUpload;
import oci.ContentSource;
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
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.WebUrl;

/**
 * A repository of a remote registry, to write.
 *
 * @param open whether everybody may read the repository that this one is a copy of
 */
record RemoteTarget(RemoteRepository repository, Differences differences, MissingRepository missing,
        Supplier<Optional<Boolean>> open) implements ContentTarget {

    RemoteTarget(RemoteRepository repository, Differences differences, MissingRepository missing) {
        this(repository, differences, missing, Optional::empty);
    }

    @Override
    public Stream<String> tags() {
        return asked((from) -> new TagList(from).tags(), Stream.empty());
    }

    @Override
    public Stream<Artifact> artifacts() {
        return explained(() -> this.differences.artifacts(reading(), false));
    }

    @Override
    public ContentTarget copyOf(ContentSource source) {
        return new RemoteTarget(this.repository, this.differences, this.missing, source::open);
    }

    @Override
    public boolean listsDigests() {
        return this.differences.listsArtifacts();
    }

    @Override
    public Optional<Descriptor> head(String reference) {
        return asked((from) -> new ManifestHead(from).of(reference), Optional.empty());
    }

    @Override
    public boolean has(Descriptor blob) {
        return asked((from) -> new BlobCheck(from).has(blob), false);
    }

    @Override
    public Optional<BlobUpload> mount(Descriptor blob, String fromRepository) {
        return created(() -> new UploadStart(this.repository).mount(blob, fromRepository));
    }

    @Override
    public BlobUpload upload(Descriptor blob) {
        return created(() -> new UploadStart(this.repository).open(blob));
    }

    @Override
    public Optional<String> delete(String tag, Digest digest, BiPredicate<String, Digest> alsoDeleted) {
        this.differences.written(this.repository);
        Differences.TagDeletion own = this.differences.deletion();
        try {
            return (own != null) ? delete(own, tag, digest)
                    : new TagDelete(this.repository, alsoDeleted).delete(tag, digest);
        }
        finally {
            this.differences.written(this.repository);
        }
    }

    private Optional<String> delete(Differences.TagDeletion own, String tag, Digest digest) {
        try {
            return own.delete(this.repository.name(), tag, digest, this.repository.stop());
        }
        catch (RegistryFailure.NotFound _) {
            return head(tag).map((_) -> "the registry's API does not know the tag, but the registry has it");
        }
    }

    @Override
    public Optional<ResumableUpload> uploadAgain(Descriptor blob, String session) {
        return Optional.of(OpenUpload.again(this.repository, blob, WebUrl.parse(session)));
    }

    @Override
    public void put(RawManifest manifest, String reference) {
        this.differences.written(this.repository);
        try {
            new ManifestPush(this.repository).put(manifest, reference);
        }
        finally {
            // A list that was read meanwhile may not have it.
            this.differences.written(this.repository);
        }
    }

    /** Some registries make a repository when a token to push to it is asked for. */
    private RemoteRepository reading() {
        return this.missing.comesBefore(this.repository.name()) ? this.repository.readOnly() : this.repository;
    }

    private <T> T asked(Function<RemoteRepository, T> question, T none) {
        RemoteRepository from = reading();
        return explained(() -> {
            try {
                return this.missing.askedOf(() -> question.apply(from), none, this.repository.name(),
                        this.repository.stop());
            }
            catch (RegistryFailure.Unauthorized ex) {
                if (from.equals(this.repository)) {
                    throw ex;
                }
                // What is missing cannot be read, but may be pushed to.
                return question.apply(this.repository);
            }
        });
    }

    private <T> T created(Supplier<T> step) {
        return explained(
                () -> this.missing.createdFor(step, this.repository.name(), this.open, this.repository.stop()));
    }

    /** Says also what a refusal means to this kind of registry. */
    private <T> T explained(Supplier<T> step) {
        try {
            return step.get();
        }
        catch (RegistryFailure.Unauthorized ex) {
            Differences.Creation creation = this.differences.creation();
            String hint = (creation != null) ? creation.hint() : "";
            if (hint.isEmpty() || ex.reason().hint().contains(hint)) {
                throw ex;
            }
            Reason reason = ex.reason();
            RegistryFailure told = new RegistryFailure.Unauthorized(
                    new Reason(reason.text(), reason.hint().isEmpty() ? hint : reason.hint() + "; " + hint));
            told.addSuppressed(ex);
            throw told;
        }
    }

}
