package app;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import app.settings.NodeName;
import app.settings.Settings;
import app.start.LayoutMark;
import oci.limits.HostLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import replication.CannotStart;
import replication.cluster.Cluster;
import replication.cluster.Node;
import replication.cluster.Nodes;
import store.cluster.BlobLeaseTable;
import store.cluster.NodeTable;
import store.cluster.UploadSessionTable;
import store.secret.SecretBox;
import store.sql.Database;

/** This node in its cluster. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

    @Bean
    Nodes nodes(Database database) {
        return new NodeTable(database);
    }

    @Bean
    UploadSessionTable uploadSessions(Database database, SecretBox secrets) {
        return new UploadSessionTable(database, secrets);
    }

    @Bean
    BlobLeaseTable blobLeases(Database database, NodeName node) {
        return new BlobLeaseTable(database, node.name());
    }

    @Bean
    Cluster cluster(Nodes nodes, NodeName name, Settings settings, SecretBox secrets, HostLimits limits, Clock clock)
            throws IOException {
        Set<String> roles = settings.roles()
            .stream()
            .map((role) -> role.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
        Node self = new Node(name.name(), roles, settings.works() ? settings.transfer().tasks() : 0, secrets.print(),
                LayoutMark.of(Files.createDirectories(settings.layoutRoot())));
        Cluster cluster = new Cluster(nodes, self, clock, limits::shareWith);
        try {
            cluster.join();
        }
        catch (Cluster.KeyDiffers ex) {
            throw new CannotStart(String.valueOf(ex.getMessage()));
        }
        return cluster;
    }

}
