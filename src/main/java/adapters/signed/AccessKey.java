package adapters.signed;

import oci.model.Secret;
import replication.registry.CredentialKind;
import replication.registry.RegistryCredential;
import replication.registry.Setting;

/**
 * The key of an account at a cloud, which signs requests and never travels.
 *
 * @param token goes with the requests of a temporary key; empty for a lasting one
 */
public record AccessKey(String id, Secret secret, Secret token) {

    /** A key that is saved with the registry. */
    public static final CredentialKind KIND = new CredentialKind("basic", "Access key",
            Setting.text("access_key", "the key's id"), Setting.secret("access_secret", "the key's secret"),
            Setting.secret("session_token", "the token of a temporary key, which ends with it").optional());

    public static AccessKey of(RegistryCredential credential) {
        return new AccessKey(credential.value("access_key"), credential.secret("access_secret"),
                credential.secret("session_token"));
    }

}
