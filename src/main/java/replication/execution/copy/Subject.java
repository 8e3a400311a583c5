package replication.execution.copy;

import java.util.Locale;

/**
 * What a change, an outcome or a placement is of, within one resource: a tag, or a
 * manifest without one that refers to another.
 */
public sealed interface Subject {

    /** The tag or the digest: a tag has no colon and a digest has one. */
    String reference();

    /** The role's name in JSON and in the database; empty for a tag. */
    String role();

    /** A subject by its reference and role, as they are written down. */
    static Subject of(String reference, String role) {
        return role.isEmpty() ? new Tag(reference)
                : new Referrer(reference, Role.valueOf(role.toUpperCase(Locale.ROOT)));
    }

    /** A tag. */
    record Tag(String reference) implements Subject {

        @Override
        public String role() {
            return "";
        }

    }

    /** A manifest that refers to another one. */
    record Referrer(String reference, Role as) implements Subject {

        @Override
        public String role() {
            return this.as.name().toLowerCase(Locale.ROOT);
        }

    }

    /** What a manifest is to the one that it refers to. */
    enum Role {

        SIGNATURE, ATTESTATION, SBOM, OTHER

    }

}
