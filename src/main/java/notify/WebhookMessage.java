package notify;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A message for a webhook.
 *
 * @param url may hold a secret
 * @param id the same at every attempt
 * @param timestamp the time of this attempt, in seconds since 1970
 * @param signature null for a message without a signature
 */
public record WebhookMessage(String url, String id, String timestamp, @Nullable String signature, String contentType,
        String text) {

    /** The text as it is signed and sent. */
    public byte[] bytes() {
        return this.text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "WebhookMessage[id=" + this.id + "]";
    }

}
