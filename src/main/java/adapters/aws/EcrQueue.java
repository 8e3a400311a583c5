package adapters.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.message.Json;
import oci.model.OutsideText;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import replication.event.EventPoll;
import replication.event.HookDelivery;

/**
 * A queue of SQS that a rule of EventBridge fills with the events of an account's
 * registry in a region. Several may share it: each takes what is its own.
 *
 * @param account of the registry; empty where it is not known
 */
record EcrQueue(AwsApi sqs, String url, String account, String region) implements EventPoll {

    /** The most that SQS gives and takes at once. */
    private static final int BATCH = 10;

    /** In characters, of what is told of another place. */
    private static final int LONGEST = 100;

    @Override
    public List<Told> read(StopSignal stop) {
        return StreamSupport
            .stream(this.sqs
                .call("ReceiveMessage", of(this.url).put("MaxNumberOfMessages", BATCH).put("WaitTimeSeconds", 1), stop)
                .path("Messages")
                .spliterator(), false)
            .map((message) -> told(message.path("Body").asText("").getBytes(StandardCharsets.UTF_8),
                    message.path("ReceiptHandle").asText("")))
            .toList();
    }

    private Told told(byte[] body, String receipt) {
        return new Told("ecr", new HookDelivery(Map.of(), body), receipt, elsewhere(body));
    }

    /** The place that a message names, if that is another one than the registry's. */
    private String elsewhere(byte[] body) {
        JsonNode event = Json.lenient(body);
        if (event.path("TopicArn").isTextual()) {
            event = Json.lenient(event.path("Message").asText("").getBytes(StandardCharsets.UTF_8));
        }
        String itsAccount = event.path("account").asText(this.account);
        String itsRegion = event.path("region").asText(this.region);
        boolean own = (this.account.isEmpty() || this.account.equals(itsAccount)) && this.region.equals(itsRegion);
        return own ? "" : OutsideText.line("account %s in %s".formatted(itsAccount, itsRegion), LONGEST);
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
