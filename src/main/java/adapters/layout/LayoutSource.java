package adapters.layout;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

import oci.Artifact;
import oci.BlobContent;
import oci.ContentSource;
import oci.model.Descriptor;
import oci.model.RawManifest;

/** A layout to read from. */
record LayoutSource(LayoutReader reader) implements ContentSource {

    @Override
    public Stream<String> tags() {
        return this.reader.tags();
    }

    @Override
    public boolean exists() {
        return Files.exists(RepositoryFolder.marker(this.reader.folder().path()));
    }

    @Override
    public Stream<Artifact> artifacts() {
        return this.reader.artifacts();
    }

    @Override
    public Optional<Descriptor> head(String reference) {
        return this.reader.head(reference);
    }

    @Override
    public RawManifest manifest(String reference) {
        return this.reader.manifest(reference);
    }

    @Override
    public BlobContent blob(Descriptor blob, long from) {
        this.reader.stop().check();
        Path file = this.reader.folder().blob(blob.digest());
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(from);
            return new BlobContent(new StoppableStream(Channels.newInputStream(channel), this.reader.stop()),
                    channel.size() - from);
        }
        catch (IOException ex) {
            throw LayoutFailure.of("read blob %s of layout %s".formatted(blob.digest(), this.reader.folder().path()),
                    ex);
        }
    }

}
