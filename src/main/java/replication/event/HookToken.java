package replication.event;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The last part of a hook's path, which is its secret. The database has the hash only.
 */
public record HookToken(String text) {

    /** The path of all hooks. */
    public static final String PATH = "/api/webhooks/";

    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new token. */
    public static HookToken random() {
        return new HookToken(randomText());
    }

    static String randomText() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public String path() {
        return PATH + this.text;
    }

    public String hash() {
        return Intake.hash(this.text);
    }

    /** The text leaves out the secret. */
    @Override
    public String toString() {
        return "HookToken[]";
    }

}
