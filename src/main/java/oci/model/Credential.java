package oci.model;

/** What a registry or its token service is shown of who asks. */
public sealed interface Credential {

    /** Anonymous access. */
    record None() implements Credential {
    }

    /** A user name and password, or an access key and its secret. */
    record Basic(String accessKey, Secret accessSecret) implements Credential {
    }

    /**
     * An OAuth token. Where the registry names a token service it is given there as a
     * refresh token; otherwise it is sent as the bearer token itself.
     */
    record OAuth(Secret token) implements Credential {
    }

}
