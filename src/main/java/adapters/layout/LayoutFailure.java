package adapters.layout;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

import oci.model.Reason;
import oci.model.RegistryFailure;

/** Turns a disk's failures into those of a registry. */
final class LayoutFailure {

    private LayoutFailure() {
    }

    /** The failure of an operation such as {@code push blob sha256:… to layouts/app}. */
    static RegistryFailure of(String doing, IOException ex) {
        if (ex instanceof MalformedIndex) {
            return new RegistryFailure.Permanent(doing + ": " + ex.getMessage(), ex);
        }
        String what = doing + ": " + words(ex);
        String said = what.toLowerCase(Locale.ROOT);
        if (ex instanceof NoSuchFileException || ex instanceof FileNotFoundException) {
            return new RegistryFailure.NotFound(what + "; it is not there");
        }
        if (said.contains("no space left") || said.contains("disk quota")) {
            return new RegistryFailure.Permanent(new Reason(what, "the disk is full: make room"), ex);
        }
        if (said.contains("read-only")) {
            return new RegistryFailure.Permanent(new Reason(what, "the disk is mounted read-only"), ex);
        }
        if (ex instanceof AccessDeniedException) {
            return new RegistryFailure.Permanent(new Reason(what, "the service's user may not do this in that folder"),
                    ex);
        }
        return new RegistryFailure.Transient(what, ex);
    }

    /** Java's message is often only the file's name; the class says what happened. */
    private static String words(IOException ex) {
        String message = String.valueOf(ex.getMessage());
        return switch (ex) {
            case NoSuchFileException _, FileNotFoundException _ -> message;
            case AccessDeniedException _ -> message + ": permission denied";
            case FileAlreadyExistsException _ -> message + " exists already";
            case NotDirectoryException _ -> message + " is no folder";
            case DirectoryNotEmptyException _ -> message + " is a folder with files in it";
            case FileSystemException _ -> message;
            default -> (ex.getMessage() != null) ? message : "reading or writing failed";
        };
    }

}
