package adapters.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import oci.model.Digest;
import oci.model.RegistryFailure;

/** The paths of one repository's parts. */
record RepositoryFolder(String repository, Path path, Confined confined) {

    /** The file that makes a folder a layout. */
    static Path marker(Path folder) {
        return folder.resolve("oci-layout");
    }

    Path index() {
        return inside(this.path.resolve("index.json"));
    }

    Path lock() {
        return inside(this.path.resolve(".drayage.lock"));
    }

    /**
     * The path of a blob or manifest. A digest's parts are safe in a path.
     */
    Path blob(Digest digest) {
        return inside(this.path.resolve("blobs").resolve(digest.algorithm())).resolve(digest.hex());
    }

    /** A new file beside the blobs, on the same disk as they are. */
    Path newUpload() throws IOException {
        Path uploads = inside(this.path.resolve(".uploads"));
        Files.createDirectories(uploads);
        return Files.createTempFile(uploads, "blob", "");
    }

    private Path inside(Path part) {
        try {
            return this.confined.inside(part);
        }
        catch (Confined.Escape ex) {
            throw new RegistryFailure.Permanent("open repository %s: %s".formatted(this.repository, ex.getMessage()),
                    ex);
        }
    }

}
