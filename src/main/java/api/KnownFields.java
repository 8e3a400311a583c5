package api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import replication.policy.Policy;

/**
 * Refuses unknown fields of a policy. Jackson ignores them in a record with unwrapped
 * parts, despite {@code FAIL_ON_UNKNOWN_PROPERTIES} (its issue 650), so they are compared
 * with the fields that the record is written with.
 */
final class KnownFields extends DelegatingDeserializer {

    private static final long serialVersionUID = 1L;

    private KnownFields(JsonDeserializer<?> whole) {
        super(whole);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> other) {
        return new KnownFields(other);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode asked = context.readTree(parser);
        JsonParser again = new TreeTraversingParser(asked, parser.getCodec());
        again.nextToken();
        Object read = super.deserialize(again, context);
        List<Object> known = new ArrayList<>();
        ((ObjectMapper) parser.getCodec()).<ObjectNode>valueToTree(read).fieldNames().forEachRemaining(known::add);
        for (String name : (Iterable<String>) asked::fieldNames) {
            if (!known.contains(name)) {
                throw UnrecognizedPropertyException.from(parser, read, name, known);
            }
        }
        return read;
    }

    static final class OfPolicies extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription type,
                JsonDeserializer<?> whole) {
            return (type.getBeanClass() == Policy.class) ? new KnownFields(whole) : whole;
        }

    }

}
