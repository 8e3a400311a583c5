package oci.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Issues what a registry is shown of who asks. A saved password is good until it is
 * refused; a vendor's token is good for a time.
 */
@FunctionalInterface
public interface CredentialSource {

    /**
     * Issues a credential. May send a request; called by one thread at a time.
     * @param useless the one that was refused or ends soon; null at first
     * @return another credential, or the same where there is no other
     * @throws RegistryFailure where none is issued
     */
    Issued current(@Nullable Issued useless);

    /** A source that always issues the same credential. */
    static CredentialSource of(Credential fixed) {
        Issued saved = new Issued(fixed, Instant.MAX);
        return (_) -> saved;
    }

    /**
     * A credential for a time.
     *
     * @param until its end by the issuer's clock; {@link Instant#MAX} where it has none
     */
    record Issued(Credential credential, Instant until) {
    }

}
