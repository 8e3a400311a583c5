package adapters.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import replication.event.EventPoll;
import replication.event.HookDelivery;

/** A queue of SQS that a rule of EventBridge fills with a registry's events. */
record EcrQueue(AwsApi sqs, String url) implements EventPoll {

    /** The most that SQS gives and takes at once. */
    private static final int BATCH = 10;

    @Override
    public List<Told> read(StopSignal stop) {
        return StreamSupport
            .stream(this.sqs
                .call("ReceiveMessage", of(this.url).put("MaxNumberOfMessages", BATCH).put("WaitTimeSeconds", 1), stop)
                .path("Messages")
                .spliterator(), false)
            .map((message) -> new Told("ecr",
                    new HookDelivery(Map.of(), message.path("Body").asText("").getBytes(StandardCharsets.UTF_8)),
                    message.path("ReceiptHandle").asText("")))
            .toList();
    }

    @Override
    public void done(List<Told> told, StopSignal stop) {
        ObjectNode request = of(this.url);
        ArrayNode entries = request.putArray("Entries");
        told.forEach((each) -> entries.addObject()
            .put("Id", String.valueOf(entries.size()))
            .put("ReceiptHandle", each.receipt()));
        int left = this.sqs.call("DeleteMessageBatch", request, stop).path("Failed").size();
        if (left > 0) {
            throw new RegistryFailure.Transient(
                    "DeleteMessageBatch: %d of %d messages stay in the queue".formatted(left, told.size()), null);
        }
    }

    private static ObjectNode of(String queue) {
        return AwsApi.object().put("QueueUrl", queue);
    }

}
