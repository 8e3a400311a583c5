package oci.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Says who asks a registry, and how long that holds: a password that somebody saved holds
 * until it is refused, one that a vendor issues for its time.
 */
@FunctionalInterface
public interface CredentialSource {

    /**
     * What may be used now. It may take a request, and is asked by one thread at a time.
     * @param useless what was refused or ends soon; null where nothing was issued yet
     * @return something else than that, where there is something else
     * @throws RegistryFailure where nothing is issued
     */
    Issued current(@Nullable Issued useless);

    /** A credential that stays as it is. */
    static CredentialSource of(Credential fixed) {
        Issued saved = new Issued(fixed, Instant.MAX);
        return (_) -> saved;
    }

    /**
     * A credential for a time.
     *
     * @param until by the issuer's clock; {@link Instant#MAX} where it does not end by
     * itself
     */
    record Issued(Credential credential, Instant until) {
    }

}
