package replication.event;

import java.util.List;

import replication.Refusal;

/** One manner of telling what has happened at a registry. */
public interface Sender {

    /** Its name in the API, such as {@code harbor}. */
    String identity();

    /** What it is, for who chooses among them. */
    String description();

    /** Whether a delivery looks like one of its own, by its headers or its shape. */
    boolean recognises(HookDelivery delivery);

    /**
     * The events of a delivery in their order; none where it tells of nothing that
     * concerns replication, such as a pull. No address in it is ever opened.
     * @param remarks hear what somebody has to know or to do by hand
     * @throws Refusal.Invalid where it is not what this sender sends
     */
    List<RegistryEvent> read(HookDelivery delivery, Remarks remarks);

}
