package transfer.blob;

import java.nio.charset.StandardCharsets;

import oci.model.Credential;
import oci.model.Digest;
import oci.model.RegistryAddress;
import replication.registry.Registry;

/**
 * A registry as the wire knows it: two rows with the same place and account are one, and
 * what one account may mount another may not see.
 *
 * @param place see {@link RegistryAddress#text()}
 */
public record RegistryKey(String place, String account) {

    public static RegistryKey of(Registry registry) {
        return new RegistryKey(RegistryAddress.of(registry.url()).text(), account(registry.credential()));
    }

    /** As one text, the same on every node. */
    String text() {
        return this.place + " " + this.account;
    }

    private static String account(Credential credential) {
        return switch (credential) {
            case Credential.None _ -> "";
            case Credential.Basic basic -> basic.accessKey();
            case Credential.OAuth oauth -> Digest.sha256(oauth.token().reveal().getBytes(StandardCharsets.UTF_8)).hex();
        };
    }

}
