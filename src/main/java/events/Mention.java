package events;

import org.jspecify.annotations.Nullable;

/** What an event is about, by valid names. */
record Mention(String repository, @Nullable String tag, @Nullable String digest) {

    /** A tag that is the digest itself is none: so Harbor tells of untagged artifacts. */
    static Mention of(Field repository, Field tag, Field digest) {
        String hash = Names.digest(digest);
        if (hash == null && tag.textOrNull() == null) {
            throw tag.wrong("neither a tag nor a digest is named");
        }
        return new Mention(Names.repository(repository),
                (hash != null && hash.equals(tag.textOrNull())) ? null : Names.tag(tag), hash);
    }

    /** Of the object that has all three by their common names. */
    static Mention of(Field named) {
        return of(named.at("repository"), named.at("tag"), named.at("digest"));
    }

}
