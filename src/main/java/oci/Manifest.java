package oci;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a manifest refers to, as far as a copy has to know. */
public sealed interface Manifest {

    /**
     * One image, or an artifact in the form of one.
     *
     * @param blobs config and layers in the manifest's order, each digest once
     */
    record Image(List<Descriptor> blobs) implements Manifest {

        public Image {
            blobs = List.copyOf(blobs);
        }

        /**
         * The first layer that may not lie in a registry: it names places of its own to
         * be fetched from, or its media type says so (OCI image specification, layer.md,
         * "Non-Distributable Layers").
         */
        public Optional<Descriptor> foreignLayer() {
            return this.blobs.stream().filter(Image::foreign).findFirst();
        }

        private static boolean foreign(Descriptor layer) {
            String type = layer.mediaType().toLowerCase(Locale.ROOT);
            return !layer.urls().isEmpty() || type.contains("nondistributable") || type.contains(".foreign.");
        }

    }

    /** An OCI index or a Docker manifest list. */
    record Index(List<Descriptor> children) implements Manifest {

        public Index {
            children = List.copyOf(children);
        }

    }

    /** Docker's schema 1, whose digest does not even cover its bytes. */
    record Legacy() implements Manifest {
    }

}
