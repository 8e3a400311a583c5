package transfer;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import oci.Digest;
import replication.registry.Credential;
import replication.registry.Registry;

/**
 * A registry as the wire knows it: two rows with the same place and account are one, and
 * what one account may mount another may not see.
 */
public record RegistryKey(String place, String account) {

    public static RegistryKey of(Registry registry) {
        return new RegistryKey(place(registry.url()), account(registry.credential()));
    }

    /** As one text, for whoever agrees on it with others. */
    String text() {
        return this.place + " " + this.account;
    }

    private static String place(URI url) {
        if (url.getHost() == null) {
            return url.toString();
        }
        int usual = "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
        int port = (url.getPort() >= 0) ? url.getPort() : usual;
        return url.getHost().toLowerCase(Locale.ROOT) + ":" + port + url.getRawPath().replaceFirst("/+$", "");
    }

    private static String account(Credential credential) {
        return switch (credential) {
            case Credential.None _ -> "";
            case Credential.Basic basic -> basic.accessKey();
            case Credential.OAuth oauth -> Digest.sha256(oauth.token().reveal().getBytes(StandardCharsets.UTF_8)).hex();
        };
    }

}
