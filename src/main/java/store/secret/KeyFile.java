package store.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import replication.CannotStart;

/**
 * Finds the key that seals the secrets, in the environment or in a file of the home
 * folder. The file is created if the database holds no sealed secret yet.
 */
public final class KeyFile {

    private static final Set<PosixFilePermission> OTHERS_READ = EnumSet.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private static final String NAME = "key";

    private final Path home;

    private final Path file;

    public KeyFile(Path home) {
        this.home = home;
        this.file = home.resolve(NAME);
    }

    /**
     * Returns the key.
     * @param environment base64 of 32 bytes; null or blank to use the file
     * @param secretsThere whether the database holds sealed secrets; asked before a key
     * is created
     * @throws IllegalStateException with a message of one line if there is no key
     */
    public byte[] load(@Nullable String environment, BooleanSupplier secretsThere) {
        try {
            if (environment != null && !environment.isBlank()) {
                return decode(environment, "DRAYAGE_KEY");
            }
            if (Files.notExists(this.file)) {
                if (secretsThere.getAsBoolean()) {
                    throw new CannotStart("the database holds sealed secrets, but their key is neither in "
                            + "DRAYAGE_KEY nor in " + this.file + ": restore it from the backup or, if it is lost, "
                            + "set a new one in DRAYAGE_KEY and enter the secrets again");
                }
                create();
            }
            return read();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("read the key " + this.file + ": " + ex.getMessage(), ex);
        }
    }

    private byte[] read() throws IOException {
        if (PrivateFiles.supported(this.file)
                && Files.getPosixFilePermissions(this.file).stream().anyMatch(OTHERS_READ::contains)) {
            throw new CannotStart("the key " + this.file + " is open to others: chmod 600 " + this.file);
        }
        return decode(Files.readString(this.file), this.file.toString());
    }

    private void create() throws IOException {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            PrivateFiles.create(this.home, NAME, Base64.getEncoder().encodeToString(key));
        }
        catch (FileAlreadyExistsException ex) {
            // Another node with the same home has just created the key; it is read below.
        }
    }

    private static byte[] decode(String text, String where) {
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (key.length == SecretBox.KEY_BYTES) {
                return key;
            }
        }
        catch (IllegalArgumentException ex) {
            // Reported below, without the text.
        }
        throw new CannotStart("the key in " + where + " must be base64 of 32 bytes (openssl rand -base64 32)");
    }

}
