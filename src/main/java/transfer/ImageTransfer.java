package transfer;

import java.util.function.Function;

import oci.ContentRegistry;
import replication.ResourceType;
import replication.execution.RepositoryCopy;
import replication.execution.ResourceHandler;
import replication.execution.TransferOrder;
import replication.registry.Registry;

/** Copies images, indexes and artifacts between registries. One for the whole process. */
public final class ImageTransfer implements ResourceHandler {

    private final Function<Registry, ContentRegistry> connections;

    private final TransferSettings settings;

    private final BlobLocations locations;

    private final BlobFlights flights = new BlobFlights();

    public ImageTransfer(Function<Registry, ContentRegistry> connections, TransferSettings settings,
            BlobLocations locations) {
        this.connections = connections;
        this.settings = settings;
        this.locations = locations;
    }

    @Override
    public ResourceType type() {
        return ResourceType.IMAGE;
    }

    @Override
    public RepositoryCopy open(TransferOrder order) {
        Ends ends = Ends.of(order,
                this.connections.apply(order.source()).source(order.sourceRepository(), order.stop()),
                this.connections.apply(order.destination()).target(order.destinationRepository(), order.stop()));
        return new ImageRepositoryCopy(ends, new BlobCopy(ends, this.flights, this.locations, this.settings),
                this.settings);
    }

}
