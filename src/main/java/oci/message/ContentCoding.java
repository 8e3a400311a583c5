package oci.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import oci.model.CarriedFailure;
import oci.model.OutsideText;
import oci.model.RegistryFailure;

/**
 * Decompresses an answer (RFC 9110, 8.4), although the request asked for no compression.
 * Content that a registry stores as gzip has no content coding and stays as it is.
 *
 * @param names in the order in which they were applied
 */
record ContentCoding(List<String> names) {

    private static final Set<String> READ = Set.of("gzip", "x-gzip", "deflate");

    /** Each coding takes memory of its own. */
    private static final int MOST = 3;

    private static final Set<String> OTHER = Set.of("br", "zstd", "compress", "x-compress");

    /**
     * The coding that an answer's headers name; an unknown name such as some stores send
     * is ignored.
     */
    static ContentCoding of(List<String> headers) {
        return new ContentCoding(headers.stream()
            .flatMap((header) -> OutsideText.words(header, ',').stream())
            .map((name) -> name.strip().toLowerCase(Locale.ROOT))
            .filter((name) -> READ.contains(name) || OTHER.contains(name))
            .toList());
    }

    boolean none() {
        return this.names.isEmpty();
    }

    /**
     * The decompressed stream; its reader bounds how much is read.
     * @param what the request, as messages begin
     * @throws CarriedFailure where the coding is not supported
     */
    InputStream decode(InputStream in, String what) throws IOException {
        if (this.names.size() > MOST) {
            throw new CarriedFailure(new RegistryFailure.Permanent(
                    "%s: the answer is encoded %d times over".formatted(what, this.names.size())));
        }
        InputStream decoded = in;
        for (String name : this.names.reversed()) {
            if (OTHER.contains(name)) {
                throw new CarriedFailure(new RegistryFailure.Permanent(
                        "%s: the answer is encoded as %s, though Accept-Encoding was identity".formatted(what, name)));
            }
            decoded = name.equals("deflate") ? inflated(decoded) : unzipped(decoded);
        }
        return decoded;
    }

    /** Some servers declare gzip and send the plain content. */
    private static InputStream unzipped(InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, 2);
        byte[] magic = peek(peeked);
        boolean zipped = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
        return zipped ? new GZIPInputStream(peeked) : peeked;
    }

    /** In zlib's format, or as raw deflate, which some servers send. */
    private static InputStream inflated(InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, 2);
        byte[] head = peek(peeked);
        boolean zlib = head.length == 2 && (head[0] & 0x0f) == 8
                && (Byte.toUnsignedInt(head[0]) * 256 + Byte.toUnsignedInt(head[1])) % 31 == 0;
        return new InflaterInputStream(peeked, new Inflater(!zlib));
    }

    private static byte[] peek(PushbackInputStream in) throws IOException {
        byte[] beginning = in.readNBytes(2);
        in.unread(beginning);
        return beginning;
    }

}
