package transfer.pace;

import java.util.Locale;

/** A number of bytes as people read it. */
public final class ByteSize {

    private ByteSize() {
    }

    /** In powers of ten, such as {@code 5.2 MB}. */
    public static String text(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double scaled = bytes / 1000.0;
        int unit = 0;
        while (scaled >= 999.95 && unit < 3) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", scaled, "kMGT".charAt(unit));
    }

}
