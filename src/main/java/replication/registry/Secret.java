package replication.registry;

/** A password or token. Its text shows only where it is asked for by name. */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "******";
    }

}
