package adapters.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import oci.BlobUpload;
import oci.model.Descriptor;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A blob on its way into a layout: a file that is moved into place once it is whole. */
final class LayoutUpload implements BlobUpload {

    private static final Logger LOG = LoggerFactory.getLogger(LayoutUpload.class);

    private final RepositoryFolder folder;

    private final Descriptor blob;

    private final StopSignal stop;

    private final Path file;

    private final AtomicBoolean begun = new AtomicBoolean();

    LayoutUpload(RepositoryFolder folder, Descriptor blob, StopSignal stop) {
        this.folder = folder;
        this.blob = blob;
        this.stop = stop;
        try {
            this.file = folder.newUpload();
        }
        catch (IOException ex) {
            throw LayoutFailure.of(doing(), ex);
        }
    }

    @Override
    public long send(InputStream content) {
        if (this.begun.getAndSet(true)) {
            throw new IllegalStateException("the upload of %s has already begun".formatted(this.blob.digest()));
        }
        try {
            DurableFile durable = new DurableFile(this.file);
            DurableFile.Written written = durable.write(bounded(content), this.blob.digest(), this.stop);
            this.stop.check();
            compare(written);
            durable.moveTo(this.folder.blob(this.blob.digest()));
            return written.length();
        }
        catch (DurableFile.SourceFault ex) {
            this.stop.check();
            throw new RegistryFailure.Transient("%s: the source broke off: %s".formatted(doing(), ex.getMessage()), ex);
        }
        catch (IOException ex) {
            this.stop.check();
            throw LayoutFailure.of(doing(), ex);
        }
        finally {
            cancel();
        }
    }

    private InputStream bounded(InputStream content) {
        return (this.blob.size() >= 0) ? new AnnouncedStream(content, this.blob, doing()) : content;
    }

    private void compare(DurableFile.Written written) {
        if (this.blob.size() >= 0 && written.length() != this.blob.size()) {
            throw new RegistryFailure.Transient(
                    "%s: the source gave %d bytes, its manifest says %d; nothing was committed".formatted(doing(),
                            written.length(), this.blob.size()),
                    null);
        }
        if (!written.digest().equals(this.blob.digest())) {
            throw new RegistryFailure.Mismatch(doing(), this.blob.digest().toString(), written.digest().toString());
        }
    }

    @Override
    public void cancel() {
        try {
            Files.deleteIfExists(this.file);
        }
        catch (IOException ex) {
            LOG.warn("cancel the upload {}: {}; the file is left behind and may be deleted", this.file, ex.toString());
        }
    }

    private String doing() {
        return "push blob %s to layout %s".formatted(this.blob.digest(), this.folder.path());
    }

}
