package oci.manifest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

import oci.http.RemoteRepository;
import oci.listing.TagList;
import oci.message.Answer;
import oci.message.Call;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.Manifest;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import oci.model.Scope;

/**
 * Takes a tag away (distribution specification, "Deleting tags"). Registries that delete
 * manifests by digest only would take all its tags along, and break the indexes that list
 * it: there it is done only where no other tag needs the manifest.
 */
public final class TagDelete {

    /** So many other tags are asked for what they point at. */
    private static final int MOST = 1_000;

    /** Where others write to the repository all the time, every third fails. */
    private static final int TRIES = 10;

    private final RemoteRepository repository;

    private final BiPredicate<String, Digest> alsoDeleted;

    public TagDelete(RemoteRepository repository, BiPredicate<String, Digest> alsoDeleted) {
        this.repository = repository;
        this.alsoDeleted = alsoDeleted;
    }

    /** Returns why it is left; empty where it is gone. */
    public Optional<String> delete(String tag, Digest digest) {
        try {
            request(tag);
            return Optional.empty();
        }
        catch (RegistryFailure.NotFound ex) {
            // The tag has gone, or the registry does not know the request.
            return gone(tag) ? Optional.empty() : byDigest(tag, digest, ex);
        }
        catch (RegistryFailure.Permanent ex) {
            return byDigest(tag, digest, ex);
        }
    }

    private Optional<String> byDigest(String tag, Digest digest, RegistryFailure byTag) {
        List<String> tags;
        try (Stream<String> listed = new TagList(this.repository).tags()) {
            tags = listed.limit(MOST + 2).toList();
        }
        catch (RegistryFailure.Incomplete ex) {
            return Optional
                .of("the registry deletes manifests by digest only, and what other tags there are is not known (%s)"
                    .formatted(ex.getMessage()));
        }
        if (tags.size() > MOST + 1) {
            return Optional
                .of("the registry deletes manifests by digest only, and whether another of its more than %d tags has this one is not looked up"
                    .formatted(MOST));
        }
        if (!tags.contains(tag)) {
            return gone(tag) ? Optional.empty() : Optional
                .of("the registry deletes manifests by digest only, and does not list this tag: it may hide others that have the same one");
        }
        Optional<String> needed = needed(tag, digest, tags);
        if (needed.isPresent()) {
            return needed;
        }
        try {
            manifest(tag, digest);
            return Optional.empty();
        }
        catch (RegistryFailure.Permanent byDigest) {
            return Optional.of("the registry deletes neither tags nor manifests: %s; %s".formatted(byTag.getMessage(),
                    byDigest.getMessage()));
        }
    }

    private Optional<String> needed(String tag, Digest digest, List<String> tags) {
        Needs needs = new Needs(digest);
        try {
            return tags.stream()
                .filter(Predicate.not(tag::equals))
                .filter(needs::of)
                .findFirst()
                .map("the registry deletes manifests by digest only, and the tag %s needs the same one"::formatted);
        }
        catch (RegistryFailure.NotFound ex) {
            return Optional
                .of("the registry deletes manifests by digest only, and whether another tag needs this one is not known (%s)"
                    .formatted(ex.getMessage()));
        }
    }

    /**
     * Distribution deletes the manifest, then looks for its tags. It fails at that with
     * 500 where another tag is being written, and finds no manifest when asked again: the
     * tag stays and leads nowhere. Once the manifest is back, it goes with its tag.
     */
    private void manifest(String tag, Digest digest) {
        Optional<RawManifest> kept = kept(digest);
        for (int number = 1; number <= TRIES; number++) {
            try {
                request(digest.toString());
                return;
            }
            catch (RegistryFailure.NotFound _) {
                if (kept.isEmpty() || !listed(tag)) {
                    return;
                }
                new ManifestPush(this.repository).put(kept.get(), digest.toString());
            }
        }
        throw new RegistryFailure.Transient(
                "delete %s: the registry has deleted its manifest %d times and left the tag; the manifest is back"
                    .formatted(this.repository.title(tag), TRIES),
                null);
    }

    /**
     * Empty where it has gone, and where its digest is not that of its bytes, as in
     * schema 1.
     */
    private Optional<RawManifest> kept(Digest digest) {
        try {
            return Optional.of(new ManifestPull(this.repository).of(digest.toString()));
        }
        catch (RegistryFailure.NotFound | RegistryFailure.Permanent | RegistryFailure.Transient _) {
            return Optional.empty();
        }
    }

    private boolean listed(String tag) {
        try (Stream<String> tags = new TagList(this.repository).tags()) {
            return tags.anyMatch(tag::equals);
        }
    }

    private boolean gone(String tag) {
        return new ManifestHead(this.repository).of(tag).isEmpty();
    }

    private void request(String reference) {
        Call call = Call.of("DELETE", this.repository.endpoint().manifest(this.repository.name(), reference),
                "delete " + this.repository.title(reference),
                List.of(Scope.repository(this.repository.name(), "pull", "push", "delete")));
        this.repository.caller().ask(call, this.repository.stop(), Answer::status);
    }

    /** Whether what a tag points at is a manifest or lists it, and is to stay. */
    private final class Needs {

        /** Deeper than indexes are; one that is may list anything. */
        private static final int DEEPEST = 4;

        private final Digest wanted;

        private final Map<Digest, Boolean> known = new HashMap<>();

        Needs(Digest wanted) {
            this.wanted = wanted;
        }

        boolean of(String tag) {
            return new ManifestHead(TagDelete.this.repository).of(tag)
                .or(() -> given(tag))
                .filter((found) -> of(found, 0))
                .filter((found) -> !TagDelete.this.alsoDeleted.test(tag, found.digest()))
                .isPresent();
        }

        /**
         * A tag that leads nowhere needs nothing; HEAD alone does not show that it does.
         */
        private Optional<Descriptor> given(String tag) {
            try {
                RawManifest manifest = new ManifestPull(TagDelete.this.repository).of(tag);
                return Optional.of(new Descriptor(manifest.mediaType(), manifest.digest(), manifest.bytes().length));
            }
            catch (RegistryFailure.NotFound ex) {
                if (ex.unknown() == RegistryFailure.NotFound.Subject.MANIFEST) {
                    return Optional.empty();
                }
                throw ex;
            }
        }

        private boolean of(Descriptor found, int depth) {
            if (found.digest().equals(this.wanted)) {
                return true;
            }
            if (!MediaTypes.isIndex(found.mediaType())) {
                return false;
            }
            if (depth > DEEPEST) {
                return true;
            }
            Boolean before = this.known.get(found.digest());
            boolean needs = (before != null) ? before : lists(found, depth);
            this.known.put(found.digest(), needs);
            return needs;
        }

        private boolean lists(Descriptor index, int depth) {
            RawManifest raw = new ManifestPull(TagDelete.this.repository).of(index.digest().toString());
            return ManifestReader.read(raw) instanceof Manifest.Index(List<Descriptor> children)
                    && children.stream().anyMatch((child) -> of(child, depth + 1));
        }

    }

}
