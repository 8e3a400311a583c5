package bench.copy;

import java.io.InputStream;

/**
 * Bytes that do not compress, of any number and fast; the same seed gives the same. They
 * begin as gzip's do, for some tools compress what does not.
 */
final class RandomStream extends InputStream {

    private static final long ODD = 0x9E3779B97F4A7C15L;

    /** 1f 8b 08. */
    private static final long GZIP = 0x088B1F;

    private final long size;

    private long at;

    private long state;

    private long word;

    RandomStream(long seed, long size) {
        this.size = size;
        // Seeds that are neighbours begin far from each other.
        this.state = (seed + 1) * ODD;
    }

    @Override
    public int read() {
        if (this.at == this.size) {
            return -1;
        }
        int place = (int) (this.at % Long.BYTES);
        if (place == 0) {
            this.word = (this.at == 0) ? (next() & ~0xFFFFFFL) | GZIP : next();
        }
        this.at++;
        return (int) (this.word >>> (place * Byte.SIZE)) & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (this.at == this.size) {
            return (length == 0) ? 0 : -1;
        }
        int count = (int) Math.min(length, this.size - this.at);
        for (int i = 0; i < count; i++) {
            buffer[offset + i] = (byte) read();
        }
        return count;
    }

    /** SplitMix64. */
    private long next() {
        this.state += ODD;
        long mixed = (this.state ^ (this.state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

}
