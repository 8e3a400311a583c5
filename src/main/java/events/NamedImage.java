package events;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The image that an event is about, by valid names (OCI distribution specification,
 * "Pulling manifests"; image specification, descriptor.md, "Digests"). Digests of other
 * algorithms than the two that Drayage computes are refused here rather than later.
 *
 * @param tag null for an event of a digest alone
 * @param digest null for an event of a tag alone
 */
record NamedImage(String repository, @Nullable String tag, @Nullable String digest) {

    private static final String SEGMENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

    private static final Pattern REPOSITORY = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*");

    /**
     * The limit of Docker's reference grammar, which also keeps the pattern's work small.
     */
    private static final int LONGEST_REPOSITORY = 255;

    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");

    /**
     * Checks the three names. A tag that equals the digest counts as none, because Harbor
     * names untagged artifacts so.
     */
    static NamedImage of(Field repository, Field tag, Field digest) {
        String hash = checkedDigest(digest);
        if (hash == null && tag.textOrNull() == null) {
            throw tag.wrong("neither a tag nor a digest is named");
        }
        return new NamedImage(checkedRepository(repository),
                (hash != null && hash.equals(tag.textOrNull())) ? null : checkedTag(tag), hash);
    }

    /** Reads an object that has all three under their common names. */
    static NamedImage of(Field named) {
        return of(named.at("repository"), named.at("tag"), named.at("digest"));
    }

    private static String checkedRepository(Field where) {
        String name = where.text();
        if (name.length() > LONGEST_REPOSITORY || !REPOSITORY.matcher(name).matches()) {
            throw where.wrong(Quote.of(name) + " is no repository's name");
        }
        return name;
    }

    private static @Nullable String checkedTag(Field where) {
        String tag = where.textOrNull();
        if (tag != null && !TAG.matcher(tag).matches()) {
            throw where.wrong(Quote.of(tag) + " is no tag");
        }
        return tag;
    }

    private static @Nullable String checkedDigest(Field where) {
        String digest = where.textOrNull();
        if (digest != null && !DIGEST.matcher(digest).matches()) {
            throw where.wrong(Quote.of(digest) + " is no sha256 or sha512 digest");
        }
        return digest;
    }

}
