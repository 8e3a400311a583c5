package bench.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import fixtures.Images;
import oci.model.Descriptor;
import oci.model.Digest;

/**
 * A layer that lies nowhere.
 *
 * @param size in bytes
 */
record Layer(long seed, long size) {

    InputStream content() {
        return new RandomStream(this.seed, this.size);
    }

    Descriptor descriptor() {
        try (DigestInputStream hashed = new DigestInputStream(content(), MessageDigest.getInstance("SHA-256"))) {
            hashed.transferTo(java.io.OutputStream.nullOutputStream());
            return new Descriptor(Images.LAYER, Digest.ofHash("sha256", hashed.getMessageDigest().digest()), this.size);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
