package api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes text of a URI: percent-encoded UTF-8 (RFC 3986, section 2). */
public final class UriText {

    private static final int HEXADECIMAL = 16;

    private static final int LEAST_OUTSIDE_ASCII = 0x80;

    private UriText() {
    }

    /**
     * Decodes a part of a path or a query.
     * @throws IllegalArgumentException if a percent sign is not followed by two
     * hexadecimal digits, the bytes are not UTF-8, or it has a character outside of ASCII
     */
    public static String decoded(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c == '%') {
                bytes.write(octet(raw, at));
                at += 3;
            }
            else if (c < LEAST_OUTSIDE_ASCII) {
                bytes.write(c);
                at++;
            }
            else {
                throw new IllegalArgumentException("a character outside of ASCII is not percent-encoded");
            }
        }
        return utf8(bytes.toByteArray());
    }

    /**
     * The byte of a percent-encoded triplet.
     * @throws IllegalArgumentException if it is none
     */
    public static int octet(String raw, int at) {
        int high = (at + 2 < raw.length()) ? Character.digit(raw.charAt(at + 1), HEXADECIMAL) : -1;
        int low = (at + 2 < raw.length()) ? Character.digit(raw.charAt(at + 2), HEXADECIMAL) : -1;
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException("a percent sign is not followed by two hexadecimal digits");
        }
        return high * HEXADECIMAL + low;
    }

    /**
     * Reads bytes as UTF-8, strictly.
     * @throws IllegalArgumentException if they are not
     */
    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
        catch (CharacterCodingException _) {
            throw new IllegalArgumentException("its bytes are not UTF-8");
        }
    }

}
