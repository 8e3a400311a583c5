package app.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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

    private final SecretKeySpec key;

    private final Cache<String, Boolean> right;

    RememberedPasswords(PasswordEncoder encoder, Clock clock) {
        this.encoder = encoder;
        this.right = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MEMORY)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
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
        if (this.right.getIfPresent(mark) != null) {
            return true;
        }
        if (!this.encoder.matches(password, encoded)) {
            return false;
        }
        this.right.put(mark, true);
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
