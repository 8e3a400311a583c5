package events;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A sample's body with one value exchanged. */
final class ExchangedValue {

    private ExchangedValue() {
    }

    /**
     * Exchanges a value.
     * @param value as it is to stand in the body, also where no parser would keep it
     */
    static byte[] in(Sample sample, String pointer, String value) throws JsonProcessingException {
        ObjectNode body = sample.body().deepCopy();
        JsonPointer place = JsonPointer.compile("/" + pointer);
        String mark = "exchanged-here";
        JsonNode parent = body.at(place.head());
        if (parent instanceof ArrayNode list) {
            list.set(place.last().getMatchingIndex(), mark);
        }
        else {
            ((ObjectNode) parent).put(place.last().getMatchingProperty(), mark);
        }
        return Sample.JSON.writeValueAsString(body).replace('"' + mark + '"', value).getBytes(StandardCharsets.UTF_8);
    }

}
