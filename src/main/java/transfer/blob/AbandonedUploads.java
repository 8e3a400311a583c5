package transfer.blob;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import oci.BlobUpload;
import oci.ContentRegistry;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Page;
import replication.cluster.UploadSessions;
import replication.registry.Registries;
import replication.registry.Registry;

/**
 * Cancels uploads that were left open for a later attempt which never came. A registry
 * keeps what each has received until it is cancelled or purged.
 */
public final class AbandonedUploads {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedUploads.class);

    private final UploadSessions sessions;

    private final Registries registries;

    private final Function<Registry, ContentRegistry> connections;

    public AbandonedUploads(UploadSessions sessions, Registries registries,
            Function<Registry, ContentRegistry> connections) {
        this.sessions = sessions;
        this.registries = registries;
        this.connections = connections;
    }

    /** To be called now and then, on any node. */
    public void cancel() {
        List<UploadSessions.Left> left = this.sessions.abandoned();
        if (left.isEmpty()) {
            return;
        }
        Map<String, Registry> known = registries();
        for (UploadSessions.Left each : left) {
            Registry registry = known.get(each.registry());
            if (registry != null) {
                cancel(registry, each);
            }
        }
    }

    private Map<String, Registry> registries() {
        Map<String, Registry> known = new HashMap<>();
        Page.all((page) -> this.registries.list(null, null, page),
                (Registries.RegistryRecord each) -> each.registry().id())
            .map(Registries.RegistryRecord::registry)
            // A registry whose secret cannot be opened is skipped.
            .filter(Registry::readable)
            .forEach((registry) -> known.put(RegistryKey.of(registry).text(), registry));
        return known;
    }

    // A failure of one upload does not stop the others.
    private void cancel(Registry registry, UploadSessions.Left left) {
        try {
            this.connections.apply(registry)
                .target(left.repository(), new StopSignal())
                .uploadAgain(new Descriptor("", Digest.parse(left.digest()), -1), left.session())
                .ifPresent(BlobUpload::cancel);
            LOG.info("upload of {} to {} of {} is given up: nobody went on with it for a week", left.digest(),
                    left.repository(), registry.name());
        }
        catch (RuntimeException ex) {
            LOG.warn("upload of {} to {} of {}, which nobody went on with, is left to its registry: {}", left.digest(),
                    left.repository(), registry.name(), ex.getMessage());
        }
    }

}
