package transfer;

import java.util.Optional;

import oci.ContentSource;
import oci.ContentTarget;
import replication.execution.TransferOrder;
import replication.registry.Credential;
import replication.registry.Registry;

/**
 * The two ends of one repository's copy.
 *
 * @param registry names the destination registry and account: what one account may mount
 * another may not
 */
record Ends(TransferOrder order, ContentSource source, ContentTarget target, String registry) {

    static Ends of(TransferOrder order, ContentSource source, ContentTarget target) {
        return new Ends(order, source, target, place(order.destination()));
    }

    private static String place(Registry registry) {
        String account = (registry.credential() instanceof Credential.Basic basic) ? basic.accessKey() : "";
        return account + "@" + registry.type() + " " + registry.url();
    }

    /** The source's repository, where the destination registry is the source as well. */
    Optional<String> mountableSource() {
        return place(this.order.source()).equals(this.registry) ? Optional.of(this.order.sourceRepository())
                : Optional.empty();
    }

    String repository() {
        return this.order.destinationRepository();
    }

}
