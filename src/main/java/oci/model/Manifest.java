package oci.model;

import java.util.List;

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
