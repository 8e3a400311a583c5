package adapters.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A folder that no path leads out of, symbolic links included.
 */
record Confined(Path folder) {

    /**
     * Returns the path if it lies within the folder.
     * @throws Escape if it does not
     */
    Path inside(Path path) {
        try {
            if (real(path).startsWith(real(this.folder))) {
                return path;
            }
        }
        catch (IOException ex) {
            throw new Escape("%s cannot be resolved: %s".formatted(path, ex));
        }
        throw new Escape("%s does not lie in %s".formatted(path, this.folder));
    }

    boolean holds(Path path) {
        try {
            inside(path);
            return true;
        }
        catch (Escape _) {
            return false;
        }
    }

    private static Path real(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return path.toRealPath();
        }
        Path name = path.getFileName();
        return (name != null) ? real(parent).resolve(name) : real(parent);
    }

    /** The path leads out of the folder. */
    static final class Escape extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Escape(String message) {
            super(message);
        }

    }

}
