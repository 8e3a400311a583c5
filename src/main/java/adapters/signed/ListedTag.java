package adapters.signed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import com.fasterxml.jackson.databind.JsonNode;
import oci.Artifact;
import org.jspecify.annotations.Nullable;

/** A tag as a cloud's listing describes it. */
public final class ListedTag {

    /** The hexadecimal digits of a digest. */
    private static final int DIGITS = 64;

    private ListedTag() {
    }

    /**
     * An artifact of what a listing tells.
     * @param digest some clouds leave its algorithm out
     * @param pushed a time with its offset, or in milliseconds
     */
    public static Artifact of(JsonNode tag, JsonNode digest, JsonNode pushed) {
        String hash = digest.asText("");
        return new Artifact(tag.asText(""), (hash.length() == DIGITS) ? "sha256:" + hash : hash, "", null,
                time(pushed.asText("")), false);
    }

    private static @Nullable Instant time(String text) {
        try {
            return (!text.isEmpty() && text.chars().allMatch(Character::isDigit))
                    ? Instant.ofEpochMilli(Long.parseLong(text)) : OffsetDateTime.parse(text).toInstant();
        }
        catch (DateTimeException | NumberFormatException _) {
            return null;
        }
    }

}
