package replication;

import java.util.Locale;

/** What a policy can replicate, by the proposal's names. */
public enum ResourceType {

    IMAGE, CHART;

    /** The name in JSON and in the database. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
