package oci.remote;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import oci.Artifact;
import oci.http.RemoteRepository;
import oci.listing.TagList;
import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of registry differs from the distribution specification. What is null is
 * done as the specification has it.
 */
public record Differences(@Nullable RepositoryListing repositories, @Nullable ArtifactListing artifacts,
        @Nullable Creation creation, @Nullable TagDeletion deletion) {

    public static final Differences NONE = new Differences(null, null, null, null);

    boolean listsArtifacts() {
        return this.artifacts != null && this.artifacts.tellsDigests();
    }

    /**
     * The artifacts of a repository by the registry's own listing.
     * @param afresh whether nothing may be answered from memory
     */
    Stream<Artifact> artifacts(RemoteRepository repository, boolean afresh) {
        if (this.artifacts == null) {
            return new TagList(repository).tags().map(Artifact::tagged);
        }
        try {
            return afresh ? this.artifacts.afresh(repository.name(), repository.stop())
                    : this.artifacts.artifacts(repository.name(), repository.stop());
        }
        catch (RegistryFailure.NotFound _) {
            // What is not there has no tags.
            return Stream.empty();
        }
        catch (RegistryFailure.Unsupported _) {
            return new TagList(repository).tags().map(Artifact::tagged);
        }
    }

    void written(RemoteRepository repository) {
        if (this.artifacts != null) {
            this.artifacts.written(repository.name());
        }
    }

    /**
     * Whether everybody may read a repository; empty where the registry does not tell.
     */
    Optional<Boolean> open(RemoteRepository repository) {
        return (this.repositories != null) ? this.repositories.open(repository.name(), repository.stop())
                : Optional.empty();
    }

    /** Lists repositories otherwise than by {@code /v2/_catalog}. */
    @FunctionalInterface
    public interface RepositoryListing {

        /** As lazily as the registry lists them. The caller closes the stream. */
        Stream<String> repositories();

        /**
         * Those below some namespaces, and perhaps others.
         * @param namespaces empty for all
         */
        default Stream<String> repositories(List<String> namespaces) {
            return repositories();
        }

        /**
         * Whether everybody may read a repository; empty where the registry does not
         * tell.
         */
        default Optional<Boolean> open(String repository, StopSignal stop) {
            return Optional.empty();
        }

        /**
         * A listing that asks for some namespaces only.
         * @param listing gets no namespace for all of them
         */
        static RepositoryListing within(Function<List<String>, Stream<String>> listing) {
            return within(listing, (_, _) -> Optional.empty());
        }

        /**
         * The same of a registry that tells who may read a repository.
         * @param open whether everybody may; empty where that is not told
         */
        static RepositoryListing within(Function<List<String>, Stream<String>> listing,
                BiFunction<String, StopSignal, Optional<Boolean>> open) {
            return new RepositoryListing() {

                @Override
                public Optional<Boolean> open(String repository, StopSignal stop) {
                    return open.apply(repository, stop);
                }

                @Override
                public Stream<String> repositories() {
                    return listing.apply(List.of());
                }

                @Override
                public Stream<String> repositories(List<String> namespaces) {
                    return listing.apply(namespaces);
                }

            };
        }

    }

    /** Lists tags with what they point at. */
    @FunctionalInterface
    public interface ArtifactListing {

        /**
         * All that have a tag, page by page as they are read. The caller closes the
         * stream.
         * @throws RegistryFailure.Unsupported where the registry at hand does not have
         * this listing; the specification's is read instead
         */
        Stream<Artifact> artifacts(String repository, StopSignal stop);

        /** Whether the listing is known to be there and to tell digests. */
        default boolean tellsDigests() {
            return true;
        }

        /**
         * Told before and after a tag of a repository is put or deleted over this
         * connection.
         */
        default void written(String repository) {
            // Most listings remember nothing.
        }

        /** The same where nothing may be answered from memory. */
        default Stream<Artifact> afresh(String repository, StopSignal stop) {
            return artifacts(repository, stop);
        }

    }

    /** Makes what does not come with the first push. */
    @FunctionalInterface
    public interface Creation {

        /**
         * Makes a repository, and what it lies in. One that is there is left as it is.
         * Called where an upload is told that there is no such repository.
         */
        void create(String repository, StopSignal stop);

        /**
         * The same as a copy of another repository.
         * @param open whether everybody may read that one; asked only where it matters,
         * and empty where that is not told
         */
        default void create(String repository, Supplier<Optional<Boolean>> open, StopSignal stop) {
            create(repository, stop);
        }

        /**
         * Whether an upload that is refused like this may lack its repository, or what
         * that lies in.
         */
        default boolean answers(RegistryFailure refusal) {
            return refusal instanceof RegistryFailure.NotFound missing
                    && missing.unknown() == RegistryFailure.NotFound.Subject.REPOSITORY;
        }

        /**
         * What a refusal of any request to a repository may mean besides, as advice;
         * empty where there is nothing to say.
         */
        default String hint() {
            return "";
        }

        /**
         * Whether a repository, or what it lies in, is missing; asked where a question
         * about the repository is refused like this.
         */
        default boolean isMissing(String repository, RegistryFailure refusal, StopSignal stop) {
            return false;
        }

        /**
         * Whether it goes before the first upload to each repository, because a push, or
         * a token that allows one, would make the repository in another way than is
         * wanted. Until then, what is read is read with tokens that allow nothing else.
         */
        default boolean beforeUpload() {
            return false;
        }

        /** The same before the first upload to each repository. */
        static Creation early(Creation creation) {
            return new Creation() {

                @Override
                public void create(String repository, StopSignal stop) {
                    creation.create(repository, stop);
                }

                @Override
                public void create(String repository, Supplier<Optional<Boolean>> open, StopSignal stop) {
                    creation.create(repository, open, stop);
                }

                @Override
                public boolean answers(RegistryFailure refusal) {
                    return creation.answers(refusal);
                }

                @Override
                public boolean isMissing(String repository, RegistryFailure refusal, StopSignal stop) {
                    return creation.isMissing(repository, refusal, stop);
                }

                @Override
                public boolean beforeUpload() {
                    return true;
                }

            };
        }

    }

    /** Takes a tag away otherwise than by {@code DELETE} of its manifest. */
    @FunctionalInterface
    public interface TagDeletion {

        /**
         * Takes a tag away, and no other tag with it.
         * @param digest what the tag points at
         * @return why it is left; empty where the tag is gone
         * @throws RegistryFailure.NotFound where the registry's API does not know the
         * tag; the registry itself is asked then whether it is gone
         */
        Optional<String> delete(String repository, String tag, Digest digest, StopSignal stop);

    }

}
