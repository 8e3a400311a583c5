package adapters.layout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

import oci.Artifact;
import oci.BlobUpload;
import oci.ContentTarget;
import oci.manifest.ManifestReader;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.Manifest;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;

/** A layout to write to. The folder becomes a layout with its first manifest. */
record LayoutTarget(LayoutReader reader, Function<String, RepositoryFolder> others) implements ContentTarget {

    private static final byte[] MARKER = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

    @Override
    public Stream<String> tags() {
        return this.reader.tags();
    }

    @Override
    public Stream<Artifact> artifacts() {
        return this.reader.artifacts();
    }

    @Override
    public boolean listsDigests() {
        return true;
    }

    @Override
    public Optional<Descriptor> head(String reference) {
        return this.reader.head(reference);
    }

    @Override
    public boolean has(Descriptor blob) {
        stop().check();
        return has(blob.digest());
    }

    private boolean has(Digest digest) {
        return Files.isRegularFile(folder().blob(digest));
    }

    @Override
    public Optional<BlobUpload> mount(Descriptor blob, String fromRepository) {
        stop().check();
        Path from = this.others.apply(fromRepository).blob(blob.digest());
        if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(upload(blob));
        }
        Path place = folder().blob(blob.digest());
        try {
            Files.createDirectories(parent(place));
            Files.createLink(place, from);
            return Optional.empty();
        }
        catch (FileAlreadyExistsException _) {
            return Optional.empty();
        }
        catch (NoSuchFileException _) {
            return Optional.of(upload(blob));
        }
        catch (UnsupportedOperationException | IOException _) {
            copy(blob, fromRepository);
            return Optional.empty();
        }
    }

    /** Some file systems have no links, and no link leads to another disk. */
    private void copy(Descriptor blob, String fromRepository) {
        LayoutReader other = new LayoutReader(this.others.apply(fromRepository), this.reader.indexes(), stop());
        try (var content = new LayoutSource(other).blob(blob)) {
            upload(blob).send(content.stream());
        }
    }

    @Override
    public BlobUpload upload(Descriptor blob) {
        stop().check();
        return new LayoutUpload(folder(), blob, stop());
    }

    @Override
    public void put(RawManifest manifest, String reference) {
        stop().check();
        String doing = "put manifest %s to layout %s".formatted(reference, folder().path());
        refuseOther(manifest, reference, doing);
        refuseIncomplete(manifest, doing);
        try {
            Files.createDirectories(folder().path());
            store(manifest);
            new IndexLock(folder().lock(), stop()).hold(() -> enter(manifest, reference));
        }
        catch (IOException ex) {
            throw LayoutFailure.of(doing, ex);
        }
    }

    /** Its manifest and blobs stay, because others may refer to them. */
    @Override
    public Optional<String> delete(String tag, Digest digest, BiPredicate<String, Digest> alsoDeleted) {
        stop().check();
        List<String> left = new ArrayList<>();
        try {
            if (Files.exists(folder().index())) {
                new IndexLock(folder().lock(), stop()).hold(() -> withdraw(tag, digest).ifPresent(left::add));
            }
            return left.stream().findFirst();
        }
        catch (IOException ex) {
            throw LayoutFailure.of("delete tag %s of layout %s".formatted(tag, folder().path()), ex);
        }
    }

    /** Another process may have set the tag in the meantime. */
    private Optional<String> withdraw(String tag, Digest digest) throws IOException {
        byte[] index = Files.readAllBytes(folder().index());
        TagIndex read = TagIndex.read(index);
        if (read.shared().containsKey(tag)) {
            return Optional.of("several images have it: " + read.shared().get(tag));
        }
        Descriptor now = read.tags().get(tag);
        if (now != null && !now.digest().equals(digest)) {
            return Optional.of("another program has changed it meanwhile: it is " + now.digest());
        }
        if (now != null) {
            replace(folder().index(), TagIndex.withoutTag(index, tag));
        }
        return Optional.empty();
    }

    private static void refuseOther(RawManifest manifest, String reference, String doing) {
        boolean right = Digest.isDigest(reference) ? reference.equals(manifest.digest().toString())
                : TagIndex.isTag(reference);
        if (!right || !Digest.of(manifest.digest().algorithm(), manifest.bytes()).equals(manifest.digest())) {
            throw new RegistryFailure.Permanent("%s: the reference is no tag, or the bytes are not those of %s"
                .formatted(doing, manifest.digest()));
        }
    }

    private void refuseIncomplete(RawManifest manifest, String doing) {
        List<Descriptor> wanted = switch (ManifestReader.read(manifest)) {
            case Manifest.Image image -> image.blobs().stream().filter((blob) -> !blob.foreign()).toList();
            case Manifest.Index index -> index.children();
            case Manifest.Legacy _ -> List.of();
        };
        wanted.stream().filter((part) -> !has(part.digest())).findFirst().ifPresent((part) -> {
            throw new RegistryFailure.NotFound(
                    "%s: MANIFEST_BLOB_UNKNOWN, %s is not there".formatted(doing, part.digest()));
        });
    }

    private void store(RawManifest manifest) {
        if (!has(manifest.digest())) {
            Descriptor content = new Descriptor(manifest.mediaType(), manifest.digest(), manifest.bytes().length);
            new LayoutUpload(folder(), content, stop()).send(new ByteArrayInputStream(manifest.bytes()));
        }
    }

    private void enter(RawManifest manifest, String reference) throws IOException {
        Path marker = RepositoryFolder.marker(folder().path());
        boolean fresh = !Files.exists(folder().index());
        byte[] before = fresh ? TagIndex.empty() : Files.readAllBytes(folder().index());
        byte[] after = Digest.isDigest(reference) ? before : TagIndex.withTag(before, reference, manifest);
        if (fresh || !Digest.isDigest(reference)) {
            replace(folder().index(), after);
        }
        if (!Files.exists(marker)) {
            replace(marker, MARKER);
        }
    }

    private void replace(Path place, byte[] bytes) throws IOException {
        DurableFile file = new DurableFile(folder().newUpload());
        file.write(new ByteArrayInputStream(bytes), Digest.sha256(bytes), stop());
        file.moveTo(place);
    }

    private static Path parent(Path place) throws IOException {
        Path parent = place.getParent();
        if (parent == null) {
            throw new IOException("no folder holds " + place);
        }
        return parent;
    }

    private RepositoryFolder folder() {
        return this.reader.folder();
    }

    private StopSignal stop() {
        return this.reader.stop();
    }

}
