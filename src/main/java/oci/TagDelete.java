package oci;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import replication.registry.RegistryFailure;

/**
 * Takes a tag away (distribution specification, "Deleting tags"). Registries that delete
 * manifests by digest only would take all its tags along: there it is done only where no
 * other tag has the manifest.
 */
final class TagDelete {

    /** So many other tags are asked for what they point at. */
    private static final int MOST = 1_000;

    private final RemoteRepository repository;

    TagDelete(RemoteRepository repository) {
        this.repository = repository;
    }

    /** Returns why it is left; empty where it is gone. */
    Optional<String> delete(String tag, Digest digest) {
        try {
            request(tag);
            return Optional.empty();
        }
        catch (RegistryFailure.NotFound ex) {
            // The tag has gone, or the registry does not know the request.
            return new ManifestHead(this.repository).of(tag).isEmpty() ? Optional.empty() : byDigest(tag, digest, ex);
        }
        catch (RegistryFailure.Permanent ex) {
            return byDigest(tag, digest, ex);
        }
    }

    private Optional<String> byDigest(String tag, Digest digest, RegistryFailure byTag) {
        List<String> others;
        try (Stream<String> tags = new TagList(this.repository).tags()) {
            others = tags.filter(Predicate.not(tag::equals)).limit(MOST + 1).toList();
        }
        if (others.size() > MOST) {
            return Optional
                .of("the registry deletes manifests by digest only, and whether another of its more than %d tags has this one is not looked up"
                    .formatted(MOST));
        }
        Optional<String> sharer = others.stream().filter((other) -> pointsAt(other, digest)).findFirst();
        if (sharer.isPresent()) {
            return Optional.of("the registry deletes manifests by digest only, and the tag %s has the same one"
                .formatted(sharer.get()));
        }
        try {
            request(digest.toString());
            return Optional.empty();
        }
        catch (RegistryFailure.NotFound _) {
            return Optional.empty();
        }
        catch (RegistryFailure.Permanent byDigest) {
            return Optional.of("the registry deletes neither tags nor manifests: %s; %s".formatted(byTag.getMessage(),
                    byDigest.getMessage()));
        }
    }

    private boolean pointsAt(String tag, Digest digest) {
        return new ManifestHead(this.repository).of(tag).filter((found) -> found.digest().equals(digest)).isPresent();
    }

    private void request(String reference) {
        Call call = Call.of("DELETE", this.repository.endpoint().manifest(this.repository.name(), reference),
                "delete " + this.repository.title(reference),
                List.of(Scope.repository(this.repository.name(), "pull", "push", "delete")));
        this.repository.caller().ask(call, this.repository.stop(), Answer::status);
    }

}
