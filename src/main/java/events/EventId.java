package events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;
import replication.event.HookDelivery;

/** What tells one event from another and knows a second delivery of the same. */
sealed interface EventId {

    /** As the sender numbers its events. */
    record Given(String id) implements EventId {

        private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7E]{1,256}");

        @Override
        public String of(Mention mention) {
            return text();
        }

        /** Hashed where it is too long, or holds what no database takes. */
        String text() {
            return PLAIN.matcher(this.id).matches() ? this.id : sha256(this.id);
        }

    }

    /** Of what the event says, for a sender that gives none but a time. */
    record Told(String type, String time) implements EventId {

        @Override
        public String of(Mention mention) {
            return sha256(String.join("\n", this.type, mention.repository(), orEmpty(mention.tag()),
                    orEmpty(mention.digest()), this.time));
        }

    }

    /**
     * A new one each time, for a sender that gives neither an id nor a time: the second
     * push of a tag looks like the first one sent again, and to look once more at the
     * registry is better than to miss a push.
     */
    record Fresh() implements EventId {

        @Override
        public String of(Mention mention) {
            return UUID.randomUUID().toString();
        }

    }

    String of(Mention mention);

    static EventId given(@Nullable String id, EventId otherwise) {
        return (id != null) ? new Given(id) : otherwise;
    }

    /** Of all that was sent, which is the same each time. */
    static EventId ofBody(HookDelivery delivery) {
        return new Given(sha256(delivery.body()));
    }

    static EventId told(String type, Field time) {
        return time.isAbsent() ? new Fresh() : new Told(type, time.time());
    }

    private static String orEmpty(@Nullable String text) {
        return (text != null) ? text : "";
    }

    private static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java has SHA-256", ex);
        }
    }

}
