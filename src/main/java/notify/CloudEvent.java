package notify;

import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.notice.Notice;

/** A notice as a CloudEvent 1.0 in the JSON format, data included ("structured mode"). */
final class CloudEvent {

    static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    private static final JsonMapper MAPPER = new JsonMapper();

    private CloudEvent() {
    }

    static String write(Notice notice) {
        try {
            ObjectNode event = MAPPER.createObjectNode()
                .put("specversion", "1.0")
                .put("id", notice.id())
                .put("source", "/drayage/policies/" + notice.policyId())
                .put("type", "io.drayage." + notice.event().id())
                .put("subject", "executions/" + notice.executionId())
                .put("time", notice.time().toString())
                .put("datacontenttype", "application/json");
            return MAPPER.writeValueAsString(event.set("data", MAPPER.readTree(notice.data())));
        }
        catch (JsonProcessingException ex) {
            throw new UncheckedIOException("write notice " + notice.id(), ex);
        }
    }

}
