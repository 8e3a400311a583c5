package adapters.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

import oci.model.Digest;
import oci.model.StopSignal;

/**
 * A file that is moved into place only when it is complete and synced, so that neither a
 * reader nor a power cut leaves half of it.
 */
record DurableFile(Path temporary) {

    private static final int BUFFER = 128 * 1024;

    /** Writes the whole content and returns its digest and length. */
    Written write(InputStream content, Digest expected, StopSignal stop) throws IOException {
        MessageDigest hash = expected.newHash();
        long length = 0;
        byte[] buffer = new byte[BUFFER];
        try (FileChannel file = FileChannel.open(this.temporary, StandardOpenOption.WRITE)) {
            for (int read = read(content, buffer); read >= 0; read = read(content, buffer)) {
                stop.check();
                hash.update(buffer, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                length += read;
            }
            file.force(true);
        }
        return new Written(Digest.ofHash(expected.algorithm(), hash.digest()), length);
    }

    private static int read(InputStream content, byte[] buffer) throws SourceFault {
        try {
            return content.read(buffer);
        }
        catch (IOException ex) {
            throw new SourceFault(ex);
        }
    }

    /** Moves the file into place, over any existing file. */
    void moveTo(Path place) throws IOException {
        Path folder = place.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder holds " + place);
        }
        Files.createDirectories(folder);
        Files.move(this.temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    record Written(Digest digest, long length) {
    }

    /** The content broke off; the disk is not at fault. */
    static final class SourceFault extends IOException {

        private static final long serialVersionUID = 1L;

        SourceFault(IOException cause) {
            super(cause.getMessage(), cause);
        }

    }

}
