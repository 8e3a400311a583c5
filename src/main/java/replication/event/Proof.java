package replication.event;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.google.re2j.Pattern;
import oci.model.Secret;
import replication.Refusal;

/**
 * How a sender proves that a delivery is its own. Comparisons take constant time, and no
 * text of a proof shows its secret.
 */
public sealed interface Proof {

    /**
     * Never throws if the secret is {@link #readable()}.
     */
    boolean holds(HookDelivery delivery, Instant now);

    /** Whether its secret can be opened; true for a proof without one. */
    default boolean readable() {
        return switch (this) {
            case None _ -> true;
            case Header header -> header.secret().readable();
            case Hmac hmac -> hmac.secret().readable();
            case StandardWebhook webhook -> webhook.secret().readable();
        };
    }

    /** No proof beside the hook's secret path. */
    record None() implements Proof {

        @Override
        public boolean holds(HookDelivery delivery, Instant now) {
            return true;
        }

    }

    /**
     * A header with a fixed value, such as {@code Authorization} from Harbor.
     *
     * @param secret the whole value, {@code Bearer} included
     */
    record Header(String name, Secret secret) implements Proof {

        public Header {
            requireHeader(name);
            requireSecret(secret);
        }

        @Override
        public boolean holds(HookDelivery delivery, Instant now) {
            return delivery.header(this.name)
                .filter((value) -> MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8),
                        this.secret.reveal().getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        }

    }

    /**
     * A header with the HMAC-SHA256 of the body: as {@code sha256=} and hexadecimal
     * digits as GitHub writes it, as the digits alone, or as Base64.
     */
    record Hmac(String header, Secret secret) implements Proof {

        private static final String PREFIX = "sha256=";

        public Hmac {
            requireHeader(header);
            requireSecret(secret);
        }

        @Override
        public boolean holds(HookDelivery delivery, Instant now) {
            byte[] expected = hmac(this.secret.reveal().getBytes(StandardCharsets.UTF_8), delivery.body());
            return delivery.header(this.header)
                .flatMap((value) -> decoded(value.strip()))
                .filter((sent) -> MessageDigest.isEqual(expected, sent))
                .isPresent();
        }

        private static Optional<byte[]> decoded(String value) {
            try {
                if (value.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
                    return Optional.of(HexFormat.of().parseHex(value.substring(PREFIX.length())));
                }
                // The 44 characters of Base64 and the 64 of hexadecimal digits cannot be
                // mistaken for one another.
                return Optional
                    .of((value.length() == 64) ? HexFormat.of().parseHex(value) : Base64.getDecoder().decode(value));
            }
            catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

    }

    /**
     * Standard Webhooks 1.0: a signature over the id, the time and the body, with several
     * signatures while a secret is being replaced.
     *
     * @param secret Base64, with or without {@code whsec_} before it
     */
    record StandardWebhook(Secret secret) implements Proof {

        /** A delivery that is older or from the future may be a replay. */
        public static final Duration TOLERANCE = Duration.ofMinutes(5);

        private static final String PREFIX = "whsec_";

        private static final String VERSION = "v1,";

        private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

        private static final Pattern SPACE = Pattern.compile(" ");

        public StandardWebhook {
            requireSecret(secret);
            // A saved secret was checked before it was saved.
            if (secret.sealed().isEmpty()) {
                key(secret);
            }
        }

        @Override
        public boolean holds(HookDelivery delivery, Instant now) {
            String id = delivery.header("webhook-id").orElse("");
            String time = delivery.header("webhook-timestamp").orElse("");
            if (id.isEmpty() || !isRecent(time, now)) {
                return false;
            }
            byte[] expected = hmac(key(this.secret), (id + "." + time + ".").getBytes(StandardCharsets.UTF_8),
                    delivery.body());
            boolean holds = false;
            for (String signature : SPACE.split(delivery.header("webhook-signature").orElse(""))) {
                holds |= isSignature(signature, expected);
            }
            return holds;
        }

        private static boolean isSignature(String signature, byte[] expected) {
            return signature.startsWith(VERSION)
                    && MessageDigest.isEqual(signature.substring(VERSION.length()).getBytes(StandardCharsets.UTF_8),
                            Base64.getEncoder().encode(expected));
        }

        private static boolean isRecent(String time, Instant now) {
            if (!SECONDS.matcher(time).matches()) {
                return false;
            }
            try {
                Instant sent = Instant.ofEpochSecond(Long.parseLong(time));
                return Duration.between(sent, now).abs().compareTo(TOLERANCE) <= 0;
            }
            catch (DateTimeException | ArithmeticException _) {
                return false;
            }
        }

        private static byte[] key(Secret secret) {
            String text = secret.reveal();
            try {
                byte[] key = Base64.getDecoder()
                    .decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
                if (key.length > 0) {
                    return key;
                }
            }
            catch (IllegalArgumentException _) {
                // The refusal below names no reason: Base64's message shows part of the
                // secret.
            }
            throw new Refusal.Invalid("secret", "the secret of a standard webhook is Base64, with or without whsec_");
        }

    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every Java has HmacSHA256", ex);
        }
    }

    private static void requireHeader(String name) {
        boolean token = name.chars()
            .allMatch((c) -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                    || "!#$%&'*+.^_`|~-".indexOf(c) >= 0);
        if (name.isEmpty() || name.length() > 128 || !token) {
            throw new Refusal.Invalid("header", "a header's name of at most 128 characters is expected");
        }
    }

    private static void requireSecret(Secret secret) {
        if (secret.isEmpty()) {
            throw new Refusal.Invalid("secret", "an empty secret proves nothing");
        }
    }

}
