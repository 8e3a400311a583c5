package oci.message;

import java.util.OptionalLong;

/** Whole numbers as registries write them in headers. */
public final class Decimal {

    private Decimal() {
    }

    /**
     * Reads a number of ASCII digits alone; empty for all else.
     * @param most digits that it may have, up to 18
     */
    public static OptionalLong parse(String text, int most) {
        return (!text.isEmpty() && text.length() <= most && end(text, 0) == text.length())
                ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Where the digits that begin at a position end. */
    static int end(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

}
