package transfer.image;

import java.util.Iterator;

import oci.model.StopSignal;
import replication.execution.copy.Change;
import replication.execution.copy.MissingAtSource;
import replication.execution.copy.Moved;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import transfer.blob.OpenUploads;
import transfer.pace.Traffic;

/** The copy of the images of one repository. */
final class RepositoryTransfer implements RepositoryCopy {

    private final TagDiff diff;

    private final ImageCopy images;

    private final OpenUploads uploads;

    private final StopSignal stop;

    private final Traffic traffic;

    RepositoryTransfer(TagDiff diff, ImageCopy images, OpenUploads uploads, StopSignal stop, Traffic traffic) {
        this.traffic = traffic;
        this.stop = stop;
        this.diff = diff;
        this.images = images;
        this.uploads = uploads;
    }

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
