package replication.registry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import oci.model.Secret;

/**
 * A way to authenticate, as an adapter declares it.
 *
 * @param type its name in the API
 * @param label its name for people
 * @param ambient whether it is a login of the machine that Drayage runs on, which a
 * registry uses without bringing a secret
 */
public record CredentialKind(String type, String label, List<Setting> fields, boolean ambient) {

    /** Anonymous access. */
    public static final CredentialKind NONE = new CredentialKind("none", "Anonymous");

    /** The name is the proposal's. */
    public static final CredentialKind BASIC = new CredentialKind("basic", "User and password",
            Setting.text("access_key", "the user, the robot account or the key's id"),
            Setting.secret("access_secret", "the password, the token or the key's secret"));

    /** Named as the proposal names it. */
    public static final CredentialKind OAUTH = new CredentialKind("oauth", "OAuth token",
            Setting.text("access_key", "the owner of the token, for information only").optional(),
            Setting.secret("access_secret", "the refresh token or, without a token service, the bearer token"));

    public CredentialKind {
        fields = List.copyOf(fields);
        if (!fields.stream().allMatch((field) -> field.type().isText())) {
            throw new IllegalArgumentException(
                    "a credential of type %s has a flag, list or map, but its fields are texts".formatted(type));
        }
    }

    RegistryCredential read(Map<String, ?> given, Faults faults) {
        Map<String, String> values = new TreeMap<>();
        Map<String, Secret> secrets = new TreeMap<>();
        Map<String, Object> read = Setting.read("credential", this.fields, given, faults);
        for (Setting field : this.fields) {
            String value = read.getOrDefault(field.key(), "").toString();
            if (field.type() == Setting.Type.SECRET) {
                secrets.put(field.key(), new Secret(value));
            }
            else if (!value.isEmpty()) {
                values.put(field.key(), value);
            }
        }
        return new RegistryCredential(this.type, values, secrets);
    }

    public CredentialKind(String type, String label, Setting... fields) {
        this(type, label, List.of(fields), false);
    }

    /** A login of the machine. */
    public static CredentialKind ambient(String type, String label, Setting... fields) {
        return new CredentialKind(type, label, List.of(fields), true);
    }

}
