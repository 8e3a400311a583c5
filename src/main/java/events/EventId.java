package events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;
import replication.event.HookDelivery;

/** Identifies an event, so that a second delivery of it is recognised. */
sealed interface EventId {

    /** The sender's own id. */
    record BySender(String id) implements EventId {

        private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7E]{1,256}");

        @Override
        public String of(NamedImage image) {
            return text();
        }

        /**
         * The id, or its hash if it is too long or has other characters than printable
         * ASCII.
         */
        String text() {
            return PLAIN.matcher(this.id).matches() ? this.id : sha256(this.id);
        }

    }

    /** A hash of the event's content, for a sender that gives a time but no id. */
    record ByContent(String type, String time) implements EventId {

        @Override
        public String of(NamedImage image) {
            return sha256(String.join("\n", this.type, image.repository(), orEmpty(image.tag()),
                    orEmpty(image.digest()), this.time));
        }

    }

    /**
     * A new id for each delivery, for a sender that gives neither an id nor a time. Such
     * a second push of a tag looks like the first one sent again; asking the registry
     * once more is better than missing a push.
     */
    record Random() implements EventId {

        @Override
        public String of(NamedImage image) {
            return UUID.randomUUID().toString();
        }

    }

    String of(NamedImage image);

    static EventId bySender(@Nullable String id, EventId otherwise) {
        return (id != null) ? new BySender(id) : otherwise;
    }

    /** The hash of the body, which is the same at each delivery. */
    static EventId ofBody(HookDelivery delivery) {
        return new BySender(sha256(delivery.body()));
    }

    static EventId byContent(String type, Field time) {
        return time.isAbsent() ? new Random() : new ByContent(type, time.time());
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
