package replication.bandwidth;

import java.util.List;

/** The limits in the database. */
public interface Bandwidths {

    /** No limits. */
    Bandwidths NONE = new Bandwidths() {

        @Override
        public Bandwidth everything() {
            return Bandwidth.UNLIMITED;
        }

        @Override
        public void limitEverything(Bandwidth bandwidth) {
            throw new UnsupportedOperationException("nothing is limited here");
        }

        @Override
        public List<Limit> limits() {
            return List.of();
        }
    };

    /** The limit of all traffic. */
    Bandwidth everything();

    void limitEverything(Bandwidth bandwidth);

    /**
     * All limits, including those whose windows are closed, each with the number of nodes
     * that work under it. The asking node is always counted.
     */
    List<Limit> limits();

}
