package adapters.azure;

import com.google.re2j.Pattern;
import replication.Refusal;
import replication.registry.RegistryCredential;
import replication.registry.Setting;

/**
 * An application of Entra, whose service principal may use a registry.
 *
 * @param tenant the directory's id or domain
 */
record Application(String tenant, String client) {

    static final Setting TENANT = Setting.text("tenant", "the directory (tenant), by its id or domain");

    static final Setting CLIENT = Setting.text("client_id", "the application's client id");

    /** Of what becomes a part of an address. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");

    /** The application that a credential names. */
    static Application of(RegistryCredential credential) {
        return new Application(name(credential, TENANT.key()), name(credential, CLIENT.key()));
    }

    /**
     * A name of a credential.
     * @throws Refusal.Invalid with the field
     */
    static String name(RegistryCredential credential, String key) {
        String name = credential.value(key);
        if (!NAME.matches(name)) {
            throw new Refusal.Invalid("credential." + key,
                    "credential.%s has letters, digits, dots and hyphens, such as an id of Entra".formatted(key));
        }
        return name;
    }

}
