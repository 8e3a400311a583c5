package events;

import java.util.List;

import replication.event.Delivery;
import replication.event.RegistryEvent;
import replication.event.Remarks;
import replication.event.Sender;

/** A sender whose body is one JSON object, which is parsed once for all of them. */
interface Dialect extends Sender {

    /** Whether it looks like one of its own; never throws, whatever the fields hold. */
    boolean fits(Delivery delivery, Field body);

    List<RegistryEvent> read(Delivery delivery, Field body, Remarks remarks);

    @Override
    default boolean recognises(Delivery delivery) {
        return Payload.glance(delivery).filter((body) -> fits(delivery, body)).isPresent();
    }

    @Override
    default List<RegistryEvent> read(Delivery delivery, Remarks remarks) {
        return read(delivery, Payload.of(delivery), remarks);
    }

}
