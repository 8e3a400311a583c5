package app.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Remembers for a while that a password was right, by a keyed hash: bcrypt costs some 80
 * ms of CPU, and HTTP Basic sends the password with every request. A wrong one is never
 * remembered.
 */
final class RememberedPasswords implements PasswordEncoder {

    private static final Duration MEMORY = Duration.ofMinutes(5);

    private static final int MAX_REMEMBERED = 1000;

    private final PasswordEncoder encoder;

    private final Clock clock;

    private final SecretKeySpec key;

    private final Map<String, Instant> right = new ConcurrentHashMap<>();

    RememberedPasswords(PasswordEncoder encoder, Clock clock) {
        this.encoder = encoder;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    @Override
    public String encode(CharSequence password) {
        return this.encoder.encode(password);
    }

    @Override
    public boolean matches(CharSequence password, @Nullable String encoded) {
        if (encoded == null) {
            return false;
        }
        String mark = mark(password + "\0" + encoded);
        Instant until = this.right.get(mark);
        if (until != null && this.clock.instant().isBefore(until)) {
            return true;
        }
        if (!this.encoder.matches(password, encoded)) {
            return false;
        }
        if (this.right.size() >= MAX_REMEMBERED) {
            this.right.clear();
        }
        this.right.put(mark, this.clock.instant().plus(MEMORY));
        return true;
    }

    private String mark(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(this.key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every Java has HmacSHA256", ex);
        }
    }

}
