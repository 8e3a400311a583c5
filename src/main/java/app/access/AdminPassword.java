package app.access;

import java.security.SecureRandom;
import java.util.Base64;

import app.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import store.registry.Accounts;

/**
 * The admin's password: the one that was set, else one made at the first start and kept
 * as a hash.
 *
 * @param generated in clear where it was made just now, to be shown once
 */
public record AdminPassword(String hash, @Nullable String generated) {

    private static final int RANDOM_BYTES = 15;

    static AdminPassword find(Settings.Admin admin, Accounts accounts, PasswordEncoder encoder) {
        if (!admin.password().isBlank()) {
            return new AdminPassword(encoder.encode(admin.password()), null);
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        String hash = encoder.encode(password);
        String kept = accounts.keep(admin.name(), hash);
        return new AdminPassword(kept, kept.equals(hash) ? password : null);
    }

    @Override
    public String toString() {
        return "AdminPassword";
    }

}
