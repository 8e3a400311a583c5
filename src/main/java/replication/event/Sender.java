package replication.event;

import java.util.List;

import replication.Refusal;

/** A kind of sender of events, such as a vendor's registry. */
public interface Sender {

    /** Its name in the API, such as {@code harbor}. */
    String identity();

    /** What the sender is, for a person who chooses one. */
    String description();

    /** Whether a delivery looks like this sender's, by its headers or its shape. */
    boolean recognises(HookDelivery delivery);

    /**
     * Reads the events of a delivery in their order; none if nothing in it concerns
     * replication, such as a pull. No address in it is ever opened.
     * @param remarks take hints to what the operator has to know or do
     * @throws Refusal.Invalid if the delivery is not what this sender sends
     */
    List<RegistryEvent> read(HookDelivery delivery, Remarks remarks);

}
