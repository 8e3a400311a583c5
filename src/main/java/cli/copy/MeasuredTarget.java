package cli.copy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import oci.Artifact;
import oci.BlobUpload;
import oci.ContentTarget;
import oci.ResumableUpload;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RawManifest;

/** Tells which blobs have arrived, and how far the others are. */
record MeasuredTarget(ContentTarget target, CopyProgress progress) implements ContentTarget {

    @Override
    public boolean has(Descriptor blob) {
        boolean there = this.target.has(blob);
        if (there) {
            this.progress.there(blob);
        }
        return there;
    }

    @Override
    public Optional<BlobUpload> mount(Descriptor blob, String fromRepository) {
        Optional<BlobUpload> declined = this.target.mount(blob, fromRepository);
        if (declined.isEmpty()) {
            this.progress.there(blob);
        }
        return declined.map((upload) -> measured(upload, blob));
    }

    @Override
    public BlobUpload upload(Descriptor blob) {
        return measured(this.target.upload(blob), blob);
    }

    private BlobUpload measured(BlobUpload upload, Descriptor blob) {
        this.progress.begun(blob);
        return (upload instanceof ResumableUpload resumable) ? new Resumable(resumable, blob, this.progress)
                : new Upload(upload, blob, this.progress);
    }

    @Override
    public Stream<String> tags() {
        return this.target.tags();
    }

    @Override
    public Stream<Artifact> artifacts() {
        return this.target.artifacts();
    }

    @Override
    public boolean listsDigests() {
        return this.target.listsDigests();
    }

    @Override
    public Optional<Descriptor> head(String reference) {
        return this.target.head(reference);
    }

    @Override
    public Optional<String> delete(String tag, Digest digest, BiPredicate<String, Digest> alsoDeleted) {
        return this.target.delete(tag, digest, alsoDeleted);
    }

    @Override
    public void put(RawManifest manifest, String reference) {
        this.target.put(manifest, reference);
    }

    private record Upload(BlobUpload upload, Descriptor blob, CopyProgress progress) implements BlobUpload {

        @Override
        public long send(InputStream content) {
            return this.upload.send(new Counted(content, this.blob, this.progress));
        }

        @Override
        public void cancel() {
            this.upload.cancel();
        }

    }

    private record Resumable(ResumableUpload upload, Descriptor blob,
            CopyProgress progress) implements ResumableUpload {

        @Override
        public long send(InputStream content) {
            return new Upload(this.upload, this.blob, this.progress).send(content);
        }

        @Override
        public void piece(InputStream content, long length) {
            this.upload.piece(new Counted(content, this.blob, this.progress), length);
        }

        @Override
        public OptionalLong held() {
            return this.upload.held();
        }

        @Override
        public long readFrom() {
            return this.upload.readFrom();
        }

        @Override
        public long pieceAtLeast() {
            return this.upload.pieceAtLeast();
        }

        @Override
        public long commit() {
            return this.upload.commit();
        }

        @Override
        public String session() {
            return this.upload.session();
        }

        @Override
        public void cancel() {
            this.upload.cancel();
        }

    }

    /** Closed by whoever opened what it counts. */
    private static final class Counted extends FilterInputStream {

        private final Descriptor blob;

        private final CopyProgress progress;

        Counted(InputStream content, Descriptor blob, CopyProgress progress) {
            super(content);
            this.blob = blob;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            this.progress.moved(this.blob, (one < 0) ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            this.progress.moved(this.blob, Math.max(0, read));
            return read;
        }

    }

}
