package notes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import oci.model.Digest;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/** A folder of notebooks, each a folder of notes. */
final class NoteFolder implements RegistryConnection {

    private final Path root;

    NoteFolder(Path root) {
        this.root = root;
    }

    @Override
    public void check() {
        list(this.root);
    }

    @Override
    public Stream<String> namespaces() {
        return Stream.empty();
    }

    @Override
    public void createNamespace(String namespace) {
        // A folder is made with its first note.
    }

    @Override
    public Stream<String> repositories(RepositoryQuery query) {
        return Stream.empty();
    }

    Stream<String> notebooks() {
        return list(this.root);
    }

    Stream<String> notes(String notebook) {
        return list(this.root.resolve(notebook));
    }

    Optional<String> read(String notebook, String note) {
        try {
            return Optional.of(Files.readString(this.root.resolve(notebook).resolve(note)));
        }
        catch (NoSuchFileException _) {
            return Optional.empty();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    void write(String notebook, String note, String text) {
        try {
            Files.writeString(Files.createDirectories(this.root.resolve(notebook)).resolve(note), text);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static String digest(String text) {
        return Digest.of("sha256", text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Stream<String> list(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            return files.map((file) -> file.getFileName().toString()).sorted().toList().stream();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        // A folder is not open.
    }

}
