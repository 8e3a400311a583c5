package transfer.blob;

import oci.model.RegistryAddress;
import replication.registry.Registry;

/**
 * Identifies a registry by its place and account: two rows with the same ones are one
 * registry, and what one account may mount another may not see.
 *
 * @param place see {@link RegistryAddress#text()}
 */
public record RegistryKey(String place, String account) {

    public static RegistryKey of(Registry registry) {
        return new RegistryKey(RegistryAddress.of(registry.url()).text(), registry.credential().account());
    }

    /** As one text, the same on every node. */
    String text() {
        return this.place + " " + this.account;
    }

}
