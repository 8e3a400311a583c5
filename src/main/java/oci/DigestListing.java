package oci;

import java.util.stream.Stream;

import oci.model.Digest;

/**
 * A listing of a repository that tells what each tag points at. Where both sides have
 * one, their tags are compared without a request for each.
 */
@FunctionalInterface
public interface DigestListing {

    /**
     * All tags, page by page as they are read; empty where there is no such repository.
     * The caller closes the stream.
     */
    Stream<Entry> entries();

    /** A tag and what it points at. */
    record Entry(String tag, Digest digest) {
    }

}
