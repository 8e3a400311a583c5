package transfer.blob;

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
        return new RegistryKey(RegistryAddress.of(registry.url()).text(), registry.credential().account());
    }

    /** As one text, the same on every node. */
    String text() {
        return this.place + " " + this.account;
    }

}
