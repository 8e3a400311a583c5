package transfer.image;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import oci.DigestListing;

/**
 * A tag as a listing has it.
 *
 * @param digest what it points at; empty where the listing does not tell
 */
record ListedTag(String name, String digest) {

    static ListedTag named(String name) {
        return new ListedTag(name, "");
    }

    /**
     * By the listing that tells more.
     * @param names the listing that every registry has
     */
    static Stream<ListedTag> all(Optional<DigestListing> digests, Supplier<Stream<String>> names) {
        return digests.map(DigestListing::entries)
            .map((entries) -> entries.map((entry) -> new ListedTag(entry.tag(), entry.digest().toString())))
            .orElseGet(() -> names.get().map(ListedTag::named));
    }

    boolean known() {
        return !this.digest.isEmpty();
    }

}
