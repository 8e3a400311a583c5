package events;

import java.util.List;

import replication.event.HookDelivery;
import replication.event.RegistryEvent;
import replication.event.Remarks;
import replication.event.Sender;

/** A sender whose body is one JSON object, which is parsed once for all senders. */
interface JsonSender extends Sender {

    /** Whether the delivery has this sender's form; never throws. */
    boolean fits(HookDelivery delivery, Field body);

    List<RegistryEvent> read(HookDelivery delivery, Field body, Remarks remarks);

    @Override
    default boolean recognises(HookDelivery delivery) {
        return Payload.find(delivery).filter((body) -> fits(delivery, body)).isPresent();
    }

    @Override
    default List<RegistryEvent> read(HookDelivery delivery, Remarks remarks) {
        return read(delivery, Payload.of(delivery), remarks);
    }

}
