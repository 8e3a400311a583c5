package store.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from zonky's archive for this system. The folder
 * is named by the archive's hash and appears whole or not at all. Drayage starts and
 * stops the server itself: zonky's shutdown hook would stop it while beans still write to
 * it.
 */
final class PostgresBinaries {

    private final Path cache;

    PostgresBinaries(Path cache) {
        this.cache = cache;
    }

    /** Unpacks the programs if necessary and returns their folder. */
    Path unpack() throws IOException {
        byte[] archive = archive();
        Path folder = this.cache.resolve("postgres-" + hash(archive));
        if (Files.notExists(folder)) {
            Files.createDirectories(this.cache);
            Path draft = Files.createTempDirectory(this.cache, "unpacking-");
            try {
                extract(archive, draft);
                Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            catch (FileSystemException ex) {
                // If another process was faster, its folder is as good.
                if (Files.notExists(folder)) {
                    throw ex;
                }
            }
            finally {
                FileSystemUtils.deleteRecursively(draft);
            }
        }
        return folder.resolve("bin");
    }

    private static byte[] archive() throws IOException {
        String name = System.getProperty("os.name");
        String system = name.startsWith("Windows") ? "Windows" : name.startsWith("Mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch");
        return archive(system, machine.equals("amd64") ? "x86_64" : machine);
    }

    /**
     * The archive for a system.
     * @throws IllegalStateException with one line if this build has none
     */
    static byte[] archive(String system, String machine) throws IOException {
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            return in.readAllBytes();
        }
        catch (IllegalStateException _) {
            // Zonky's own message says only that the programs are missing.
            throw new IllegalStateException(
                    "this build has no PostgreSQL for %s on %s, only for the machine that ".formatted(system, machine)
                            + "built it: build it here, set DRAYAGE_DB_URL to your own PostgreSQL, or use the image");
        }
    }

    private static String hash(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive)).substring(0, 16);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void extract(byte[] archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                // Some archives list no folders before their files.
                Files.createDirectories(path.resolve("..").normalize());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                }
                else {
                    write(tar, entry, path);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        Files.copy(tar, path);
        if ((entry.getMode() & 0b001_000_000) != 0 && !path.toFile().setExecutable(true)) {
            throw new IOException("make " + path + " executable: refused");
        }
    }

}
