package adapters.layout;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

import replication.registry.RegistryFailure;

/** Puts a disk's failures into the words of a registry's. */
final class LayoutFailure {

    private LayoutFailure() {
    }

    /** What was being done, such as {@code push blob sha256:… to layouts/app}. */
    static RegistryFailure of(String doing, IOException ex) {
        String what = doing + ": " + ex;
        String said = (String.valueOf(ex.getMessage()) + ((ex instanceof FileSystemException fs) ? fs.getReason() : ""))
            .toLowerCase(Locale.ROOT);
        if (ex instanceof NoSuchFileException || ex instanceof FileNotFoundException) {
            return new RegistryFailure.NotFound(what + "; it is not there");
        }
        if (said.contains("no space left") || said.contains("disk quota")) {
            return new RegistryFailure.Permanent(what + "; the disk is full, room has to be made", ex);
        }
        if (said.contains("read-only")) {
            return new RegistryFailure.Permanent(what + "; the disk is mounted read-only", ex);
        }
        if (ex instanceof AccessDeniedException) {
            return new RegistryFailure.Permanent(what + "; the service's user may not do this in that folder", ex);
        }
        return new RegistryFailure.Transient(what, ex);
    }

}
