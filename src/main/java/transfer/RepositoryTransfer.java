package transfer;

import java.util.Iterator;

import replication.execution.Absent;
import replication.execution.Change;
import replication.execution.Moved;
import replication.execution.Outcome;
import replication.execution.RepositoryCopy;
import replication.execution.StopSignal;

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
    public Absent absent() {
        return this.diff.absent();
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
