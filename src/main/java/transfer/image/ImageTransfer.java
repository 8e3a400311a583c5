package transfer.image;

import java.time.Clock;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.model.HostRecords;
import oci.model.StopSignal;
import replication.ResourceType;
import replication.bandwidth.Bandwidths;
import replication.cluster.BlobLeases;
import replication.cluster.UploadSessions;
import replication.execution.copy.Change;
import replication.execution.copy.MissingAtSource;
import replication.execution.copy.Moved;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import replication.execution.copy.ResourceHandler;
import replication.execution.copy.TransferOrder;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;
import transfer.blob.BlobDelivery;
import transfer.blob.BlobFlights;
import transfer.blob.BlobLocations;
import transfer.blob.BlobPushes;
import transfer.blob.LeasesWhileAway;
import transfer.blob.OpenUploads;
import transfer.blob.RepositoryPair;
import transfer.blob.UploadCapabilities;
import transfer.pace.BandwidthThrottle;
import transfer.pace.Traffic;
import transfer.pace.TransferSettings;

/** Copies images and OCI artifacts between any two registries. */
public final class ImageTransfer implements ResourceHandler {

    private final Function<Registry, ContentRegistry> connections;

    private final TransferSettings settings;

    private final BlobFlights flights;

    private final BlobLocations locations;

    private final BlobLeases leases;

    private final UploadSessions sessions;

    private final BandwidthThrottle throttles;

    private final UploadCapabilities manners;

    private final HostRecords records;

    private final EqualDigests equal = new EqualDigests();

    /**
     * Copies images.
     * @param connections give the open connection of a registry and close it themselves
     * @param flights one for the whole process
     * @param locations one for the whole process
     * @param leases agreed on with other nodes
     * @param sessions of uploads that another node may go on with after a crash
     * @param throttles one for the whole process
     * @param records what is known of hosts
     */
    public ImageTransfer(Function<Registry, ContentRegistry> connections, TransferSettings settings,
            BlobFlights flights, BlobLocations locations, BlobLeases leases, UploadSessions sessions,
            BandwidthThrottle throttles, HostRecords records) {
        this.records = records;
        this.manners = new UploadCapabilities(records, settings.piece());
        this.throttles = throttles;
        this.sessions = sessions;
        this.connections = connections;
        this.settings = settings;
        this.flights = flights;
        this.locations = locations;
        this.leases = new LeasesWhileAway(leases);
    }

    /** Copies images without limits of bandwidth, knowing nothing of hosts. */
    public ImageTransfer(Function<Registry, ContentRegistry> connections, TransferSettings settings,
            BlobFlights flights, BlobLocations locations, BlobLeases leases, UploadSessions sessions) {
        this(connections, settings, flights, locations, leases, sessions,
                new BandwidthThrottle(Bandwidths.NONE, Clock.systemUTC()), new HostRecords());
    }

    @Override
    public ResourceType type() {
        return ResourceType.IMAGE;
    }

    @Override
    public Stream<String> list(RegistryConnection source, RepositoryQuery query) {
        return source.repositories(query);
    }

    /** The source's repository of an order. */
    public ContentSource source(TransferOrder order) {
        return sides(order).source();
    }

    private RepositoryPair sides(TransferOrder order) {
        return new RepositoryPair(this.connections.apply(order.source()), this.connections.apply(order.destination()),
                order, order.stop());
    }

    @Override
    public RepositoryCopy open(TransferOrder order) {
        RepositoryPair sides = sides(order);
        DestinationTags tags = new DestinationTags(sides.target(), order.placed(), !order.named(), order.log());
        OpenUploads uploads = new OpenUploads();
        BlobPushes pushes = new BlobPushes(sides, uploads, this.sessions, this.manners, this.settings,
                this.throttles.of(order));
        BlobDelivery blobs = new BlobDelivery(sides, tags::none, this.flights, this.locations, this.leases, pushes,
                this.settings, this.records);
        Traffic traffic = new Traffic();
        ImageContent content = new ImageContent(sides, tags, blobs, this.settings);
        SourceTags source = new SourceTags(sides);
        return new OpenCopy(new TagDiff(sides, source, tags, this.equal, this.settings.tagsAhead()),
                new ImageCopy(sides, source, tags, content, this.equal, traffic), uploads, order.stop(), traffic);
    }

    /** The copy of the images of one repository. */
    private record OpenCopy(TagDiff diff, ImageCopy images, OpenUploads uploads, StopSignal stop,
            Traffic traffic) implements RepositoryCopy {

        @Override
        public Iterator<Change> changes() {
            return this.diff;
        }

        @Override
        public long unchanged() {
            return this.diff.unchanged();
        }

        @Override
        public MissingAtSource missing() {
            return this.diff.missing();
        }

        @Override
        public Moved moved() {
            return this.traffic.moved();
        }

        @Override
        public Outcome copy(Change change) {
            return this.images.copy(change);
        }

        @Override
        public void close() {
            this.diff.close();
            if (this.stop.comesBack()) {
                this.uploads.leaveFindable();
            }
            this.uploads.cancelAll();
        }

    }

}
