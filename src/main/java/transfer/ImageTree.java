package transfer;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import oci.Descriptor;
import oci.Digest;
import oci.Manifest;
import oci.RawManifest;
import replication.registry.RegistryFailure;

/**
 * All that a manifest refers to, read before anything is sent, so that an image is copied
 * whole or not at all.
 *
 * @param children the manifests below the root, each after those it refers to
 * @param blobs each once
 */
record ImageTree(List<RawManifest> children, List<Descriptor> blobs) {

    /**
     * Reads the tree below a root.
     * @throws NotCopied where a part of it cannot be copied
     */
    static ImageTree read(Ends ends, RawManifest root, ChildCheck known, int maxDepth) {
        Reader reader = new Reader(ends, known, maxDepth);
        reader.visit(root, 0);
        return new ImageTree(List.copyOf(reader.children.values()), List.copyOf(reader.blobs.values()));
    }

    /**
     * Says whether the destination has a child manifest, and so all that it refers to.
     */
    @FunctionalInterface
    interface ChildCheck {

        boolean there(Digest child);

    }

    private static final class Reader {

        private final Ends ends;

        private final ChildCheck known;

        private final int maxDepth;

        private final Map<Digest, RawManifest> children = new LinkedHashMap<>();

        private final Map<Digest, Descriptor> blobs = new LinkedHashMap<>();

        private final Set<Digest> seen = new LinkedHashSet<>();

        Reader(Ends ends, ChildCheck known, int maxDepth) {
            this.ends = ends;
            this.known = known;
            this.maxDepth = maxDepth;
        }

        void visit(RawManifest manifest, int depth) {
            if (depth > this.maxDepth) {
                throw new NotCopied("its indexes nest deeper than " + this.maxDepth);
            }
            switch (Manifest.parse(manifest)) {
                case Manifest.Schema1 _ -> throw new NotCopied("manifest " + manifest.digest()
                        + " is of Docker's schema 1, which has no " + "stable digest; push it again as schema 2");
                case Manifest.Image(List<Descriptor> parts) -> parts.forEach(this::blob);
                case Manifest.Index(List<Descriptor> manifests) ->
                    manifests.forEach((child) -> child(child, depth + 1));
            }
        }

        private void child(Descriptor child, int depth) {
            if (!this.seen.add(child.digest()) || this.known.there(child.digest())) {
                return;
            }
            RawManifest manifest = read(child);
            visit(manifest, depth);
            // After its own children: a reader never meets a manifest before what it
            // refers to.
            this.children.put(manifest.digest(), manifest);
        }

        private RawManifest read(Descriptor child) {
            try {
                return this.ends.source().manifest(child.digest().toString());
            }
            catch (RegistryFailure.NotFound missing) {
                throw new RegistryFailure.Permanent("the source lacks a part of this index: " + missing.getMessage(),
                        missing);
            }
        }

        private void blob(Descriptor blob) {
            if (!blob.urls().isEmpty() || blob.mediaType().contains("nondistributable")
                    || blob.mediaType().contains("foreign")) {
                throw new NotCopied("layer " + blob.digest() + " is foreign (" + blob.mediaType()
                        + "): it may not be distributed by registries");
            }
            this.blobs.putIfAbsent(blob.digest(), blob);
        }

    }

}
