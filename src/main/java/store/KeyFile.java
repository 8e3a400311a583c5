package store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where the key that encrypts secrets comes from: a setting, or a file that only its
 * owner reads.
 */
public final class KeyFile {

    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE);

    private KeyFile() {
    }

    /**
     * Reads the key.
     * @param setting in base64, empty where the file is to be used
     * @throws IllegalStateException in one line, where the key is malformed or others may
     * read it
     */
    public static byte[] load(String setting, Path file) {
        if (!setting.isBlank()) {
            return decode(setting, "DRAYAGE_KEY");
        }
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new IllegalStateException("others may read the key file " + file + " ("
                        + PosixFilePermissions.toString(permissions) + "): chmod 600 it");
            }
            return decode(Files.readString(file), file.toString());
        }
        catch (IOException ex) {
            throw new UncheckedIOException("cannot read the key file " + file + ": " + ex.getMessage(), ex);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Path partial = Files.createTempFile(file.toAbsolutePath().resolveSibling(""), "key", ".partial",
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(partial, Base64.getEncoder().encodeToString(key) + "\n");
        try {
            // A link fails where another was faster, and never shows half a key.
            Files.createLink(file, partial);
        }
        catch (FileAlreadyExistsException _) {
            // Then that one's key is the key.
            Files.getLastModifiedTime(file);
        }
        finally {
            Files.delete(partial);
        }
    }

    private static byte[] decode(String text, String where) {
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (key.length == SecretBox.KEY_BYTES) {
                return key;
            }
        }
        catch (IllegalArgumentException _) {
            throw new IllegalStateException("the key in " + where + " is not base64");
        }
        throw new IllegalStateException("the key in " + where + " must be 32 bytes in base64 "
                + "(head -c 32 /dev/urandom | base64 makes one)");
    }

}
