package oci;

/** The permits of one host and account, by what a request weighs. */
final class Lanes {

    private final Permits small;

    private final Permits reads;

    private final Permits writes;

    Lanes(LimitSizes sizes) {
        this.small = new Permits(sizes.small());
        this.reads = new Permits(sizes.reads());
        this.writes = new Permits(sizes.writes());
    }

    void resize(LimitSizes sizes) {
        this.small.resize(sizes.small());
        this.reads.resize(sizes.reads());
        this.writes.resize(sizes.writes());
    }

    Permits of(Lane lane) {
        return switch (lane) {
            case SMALL -> this.small;
            case READ -> this.reads;
            case WRITE -> this.writes;
        };
    }

}
