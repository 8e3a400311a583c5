package events;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that an event may carry (OCI distribution specification, "Pulling manifests";
 * image specification, descriptor.md, "Digests"). Digests of other algorithms than the
 * two that Drayage computes are refused here rather than later.
 */
final class Names {

    private static final String SEGMENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

    private static final Pattern REPOSITORY = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*");

    /** What Docker's reference grammar allows; also keeps the pattern's work small. */
    private static final int LONGEST_REPOSITORY = 255;

    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");

    private Names() {
    }

    static String repository(Field where) {
        String name = where.text();
        if (name.length() > LONGEST_REPOSITORY || !REPOSITORY.matcher(name).matches()) {
            throw where.wrong(Quote.of(name) + " is no repository's name");
        }
        return name;
    }

    static @Nullable String tag(Field where) {
        String tag = where.textOrNull();
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw where.wrong(Quote.of(tag) + " is no tag");
        }
        return tag;
    }

    static @Nullable String digest(Field where) {
        String digest = where.textOrNull();
        if (digest != null && !DIGEST.matcher(digest).matches()) {
            throw where.wrong(Quote.of(digest) + " is no sha256 or sha512 digest");
        }
        return digest;
    }

}
