package store.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner may read. */
public final class PrivateFiles {

    private PrivateFiles() {
    }

    static boolean supported(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, only(folder, "rwx------"));
    }

    /**
     * Writes a new file of mode 600, whole or not at all: it is written under another
     * name, synced, and linked to its own.
     * @throws FileAlreadyExistsException if it exists
     */
    public static void create(Path folder, String name, String text) throws IOException {
        createFolder(folder);
        Path draft = Files.createTempFile(folder, ".", ".new", only(folder, "rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.createLink(folder.resolve(name), draft);
        }
        finally {
            Files.deleteIfExists(draft);
        }
    }

    private static FileAttribute<?>[] only(Path path, String mode) {
        return supported(path) ? Set.of(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)))
            .toArray(new FileAttribute<?>[0]) : new FileAttribute<?>[0];
    }

}
