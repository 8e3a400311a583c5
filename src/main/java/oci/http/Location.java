package oci.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import oci.message.Answer;
import oci.message.Call;
import oci.model.CarriedFailure;
import oci.model.RegistryFailure;
import oci.model.WebUrl;

/** The URL that an answer leads to, absolute or relative, within what is allowed. */
public final class Location {

    private Location() {
    }

    /** Resolved against what was asked, otherwise as it came. */
    public static WebUrl of(Call call, Answer answer) throws IOException {
        String text = answer.header("Location").orElse("");
        if (text.isEmpty()) {
            // An answer that broke off within its head may lack the header.
            throw new CarriedFailure(new RegistryFailure.Transient(
                    "%s: %d without a Location".formatted(call.doing(), answer.status()), null));
        }
        WebUrl to = resolve(call, answer, text);
        String objection = Origin.of(answer.uri()).objection(to);
        if (!objection.isEmpty()) {
            throw refused(call, answer,
                    "with a Location on " + to.scheme() + "://" + to.authority() + ", which " + objection);
        }
        return to;
    }

    private static WebUrl resolve(Call call, Answer answer, String text) throws IOException {
        try {
            return answer.uri().resolve(text(text));
        }
        catch (WebUrl.Malformed ex) {
            throw refused(call, answer, "with a Location that " + ex.getMessage());
        }
    }

    /** A header's value, of which HTTP hands on the bytes: they are most often UTF-8. */
    public static String text(String value) {
        if (value.chars().allMatch((each) -> each < 0x80)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                .toString();
        }
        catch (CharacterCodingException _) {
            return value;
        }
    }

    private static CarriedFailure refused(Call call, Answer answer, String how) {
        return new CarriedFailure(
                new RegistryFailure.Permanent("%s: %d %s".formatted(call.doing(), answer.status(), how)));
    }

}
