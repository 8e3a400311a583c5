package adapters.layout;

import java.io.IOException;
import java.io.InputStream;

import oci.limits.BlockStream;
import oci.model.Descriptor;
import oci.model.RegistryFailure;

/** A blob's content. Reading stops one byte after the announced length. */
final class AnnouncedStream extends BlockStream {

    private final Descriptor blob;

    private final String doing;

    private long count;

    AnnouncedStream(InputStream content, Descriptor blob, String doing) {
        super(content);
        this.blob = blob;
        this.doing = doing;
    }

    /**
     * Reads on.
     * @throws RegistryFailure.Permanent if more bytes come than were announced
     */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long left = this.blob.size() - this.count;
        int read = this.in.read(buffer, offset, (int) Math.min(length, left + 1));
        if (read > left) {
            throw new RegistryFailure.Permanent(
                    "%s: the source sent more than the %d bytes it announced".formatted(this.doing, this.blob.size()));
        }
        this.count += Math.max(0, read);
        return read;
    }

}
