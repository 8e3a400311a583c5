package transfer.blob;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.StoreAway;
import replication.cluster.BlobLeases;

/**
 * Lets copies go on while the database, by which nodes agree, is away: a blob that two
 * nodes send is cheaper than a copy that breaks off.
 */
public record LeasesWhileAway(BlobLeases leases) implements BlobLeases {

    private static final Logger LOG = LoggerFactory.getLogger(LeasesWhileAway.class);

    @Override
    public Decision take(String registry, String digest) {
        try {
            return this.leases.take(registry, digest);
        }
        catch (StoreAway ex) {
            LOG.debug("blob {} for {}: sent without asking others: {}", digest, registry, ex.getMessage());
            return new Decision.Send();
        }
    }

    @Override
    public void arrived(String registry, String digest, String repository) {
        tell(digest, () -> this.leases.arrived(registry, digest, repository));
    }

    @Override
    public void seen(String registry, String digest, String repository) {
        tell(digest, () -> this.leases.seen(registry, digest, repository));
    }

    @Override
    public void forget(String registry, String digest, String repository) {
        tell(digest, () -> this.leases.forget(registry, digest, repository));
    }

    @Override
    public void release(String registry, String digest) {
        tell(digest, () -> this.leases.release(registry, digest));
    }

    // A lease that is not ended expires by itself.
    private static void tell(String digest, Runnable news) {
        try {
            news.run();
        }
        catch (StoreAway ex) {
            LOG.debug("blob {}: others do not learn of it: {}", digest, ex.getMessage());
        }
    }

}
