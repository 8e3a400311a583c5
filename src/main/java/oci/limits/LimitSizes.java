package oci.limits;

/**
 * How much is asked of one host at once on behalf of one account.
 *
 * @param small requests that move no blob
 * @param reads blobs being read
 * @param writes blobs being written
 */
public record LimitSizes(int small, int reads, int writes) {

    public static final LimitSizes DEFAULTS = new LimitSizes(32, 16, 16);

    public LimitSizes {
        if (small < 1 || reads < 1 || writes < 1) {
            throw new IllegalArgumentException(
                    "each limit must be 1 or more, but they are %d, %d and %d".formatted(small, reads, writes));
        }
    }

    /** One node's part of what so many share, at least 1 of each. */
    LimitSizes share(int nodes) {
        return new LimitSizes(Math.ceilDiv(this.small, nodes), Math.ceilDiv(this.reads, nodes),
                Math.ceilDiv(this.writes, nodes));
    }

    /** So many times as much, at least 1 of each. */
    public LimitSizes times(double factor) {
        return new LimitSizes(times(this.small, factor), times(this.reads, factor), times(this.writes, factor));
    }

    private static int times(int size, double factor) {
        return Math.max(1, (int) (size * factor));
    }

    public int total() {
        return this.small + this.reads + this.writes;
    }

}
