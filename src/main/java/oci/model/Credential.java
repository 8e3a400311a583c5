package oci.model;

/** How Drayage proves who it is to a registry. */
public sealed interface Credential {

    /** The credential's type by the API's name. */
    String type();

    /** Whether its secret, where it has one, can be opened. */
    default boolean readable() {
        return switch (this) {
            case None _ -> true;
            case Basic basic -> basic.accessSecret().readable();
            case OAuth oauth -> oauth.token().readable();
        };
    }

    /** Anonymous access. */
    record None() implements Credential {

        @Override
        public String type() {
            return "none";
        }

    }

    /** A user name and password, or an access key and its secret. */
    record Basic(String accessKey, Secret accessSecret) implements Credential {

        @Override
        public String type() {
            return "basic";
        }

    }

    /**
     * An OAuth token. Where the registry names a token service it is given there as a
     * refresh token; otherwise it is sent as the bearer token itself.
     */
    record OAuth(Secret token) implements Credential {

        @Override
        public String type() {
            return "oauth";
        }

    }

}
