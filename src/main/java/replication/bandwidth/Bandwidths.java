package replication.bandwidth;

import java.util.List;

/** The limits in the database. */
public interface Bandwidths {

    /** Where nothing is limited. */
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

    /** Of all that is moved. */
    Bandwidth everything();

    void limitEverything(Bandwidth bandwidth);

    /**
     * All limits that are set, those of windows that are closed too, each with the number
     * of nodes that work on it, the asking one always among them.
     */
    List<Limit> limits();

}
