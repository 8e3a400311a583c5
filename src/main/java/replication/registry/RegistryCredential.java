package replication.registry;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import oci.model.Digest;
import oci.model.Secret;

/**
 * The credential of a registry: the values of one kind that its adapter declares.
 *
 * @param type the kind's name, such as {@code basic}
 * @param values the public values, by the field's key
 * @param secrets the secret values; an empty one stands for the saved one
 */
public record RegistryCredential(String type, Map<String, String> values, Map<String, Secret> secrets) {

    public static final RegistryCredential NONE = new RegistryCredential("none", Map.of(), Map.of());

    private static final String KEY = "access_key";

    private static final String SECRET = "access_secret";

    public RegistryCredential {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
        secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
    }

    public static RegistryCredential basic(String accessKey, Secret accessSecret) {
        return new RegistryCredential("basic", Map.of(KEY, accessKey), Map.of(SECRET, accessSecret));
    }

    public static RegistryCredential oauth(Secret token) {
        return new RegistryCredential("oauth", Map.of(), Map.of(SECRET, token));
    }

    /** A public value; empty if it is not given. */
    public String value(String key) {
        return this.values.getOrDefault(key, "");
    }

    /** A secret; an empty one if it is not given. */
    public Secret secret(String key) {
        return this.secrets.getOrDefault(key, new Secret(""));
    }

    /** The field whose secret cannot be opened, if there is one. */
    Optional<String> locked() {
        return this.secrets.entrySet()
            .stream()
            .filter((each) -> !each.getValue().readable())
            .map(Map.Entry::getKey)
            .findFirst();
    }

    /** The same credential, with another one's secrets for its empty ones. */
    RegistryCredential withSecretsOf(RegistryCredential saved) {
        Map<String, Secret> whole = new TreeMap<>(this.secrets);
        whole.replaceAll((key, secret) -> secret.isEmpty() ? saved.secret(key) : secret);
        return new RegistryCredential(this.type, this.values, whole);
    }

    /**
     * Whether both are of the same account, as far as their public values show. A token
     * is an account of its own, whatever its owner is called.
     */
    boolean sameAccount(RegistryCredential other) {
        return this.type.equals(other.type)
                && (this.type.equals(CredentialKind.OAUTH.type()) || this.values.equals(other.values));
    }

    /**
     * A text that identifies the account without a secret: the public values or, if there
     * are none, the hash of the secrets.
     */
    public String account() {
        List<String> shown = this.values.values().stream().filter((value) -> !value.isEmpty()).toList();
        if (!shown.isEmpty() || this.secrets.isEmpty()) {
            return String.join(" ", shown);
        }
        String hidden = String.join(" ", this.secrets.values().stream().map(Secret::reveal).toList());
        return Digest.sha256(hidden.getBytes(StandardCharsets.UTF_8)).hex();
    }

}
