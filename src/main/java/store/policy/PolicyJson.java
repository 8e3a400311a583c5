package store.policy;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import replication.policy.ForeignLayers;
import replication.policy.Overlap;
import replication.policy.Policy;
import replication.policy.Scheduling;
import store.sql.RowJson;

/** A whole policy, as an execution keeps the one that it runs by. */
public final class PolicyJson {

    private PolicyJson() {
    }

    public static String write(Policy policy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", policy.id());
        json.put("name", policy.name());
        json.put("description", policy.description());
        json.put("creator", policy.creator());
        putTime(json, "creation_time", policy.creationTime());
        putTime(json, "update_time", policy.updateTime());
        json.put("src_registry_id", policy.srcRegistryId());
        json.set("src_namespaces", RowJson.texts(policy.srcNamespaces()));
        json.put("dest_registry_id", policy.destRegistryId());
        json.put("dest_namespace", policy.destNamespace());
        json.set("filters", RowJson.array(policy.filters(), FilterJson::write));
        json.set("triggers", RowJson.array(policy.triggers(), TriggerJson::write));
        json.put("deletion", policy.deletion());
        json.put("override", policy.override());
        json.put("enabled", policy.enabled());
        json.put("allow_empty", policy.allowEmpty());
        json.put("foreign_layers", policy.foreignLayers().id());
        json.put("priority", policy.scheduling().priority());
        json.put("overlap", policy.scheduling().overlap().id());
        json.put("max_tasks", policy.scheduling().maxTasks());
        json.set("bandwidth", BandwidthJson.write(policy.scheduling().bandwidth()));
        return json.toString();
    }

    public static Policy read(String text) {
        JsonNode json = RowJson.parse(text);
        Function<String, String> string = (name) -> json.required(name).asText();
        return new Policy(json.required("id").asLong(), string.apply("name"), string.apply("description"),
                string.apply("creator"), time(json, "creation_time"), time(json, "update_time"),
                json.required("src_registry_id").asLong(),
                RowJson.list(json.required("src_namespaces"), JsonNode::asText),
                json.required("dest_registry_id").asLong(), string.apply("dest_namespace"),
                RowJson.list(json.required("filters"), FilterJson::read),
                RowJson.list(json.required("triggers"), TriggerJson::read), json.required("deletion").asBoolean(),
                json.required("override").asBoolean(), json.required("enabled").asBoolean(), scheduling(json),
                json.path("allow_empty").asBoolean(),
                ForeignLayers.of(json.path("foreign_layers").asText(ForeignLayers.SKIP_BYTES.id())));
    }

    // A snapshot of the version before has none of these.
    private static Scheduling scheduling(JsonNode json) {
        return new Scheduling(json.path("priority").asInt(),
                Overlap.valueOf(json.path("overlap").asText("skip").toUpperCase(Locale.ROOT)),
                json.path("max_tasks").asInt(), BandwidthJson.read(json.path("bandwidth")));
    }

    private static void putTime(ObjectNode json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, time.toString());
        }
    }

    private static @Nullable Instant time(JsonNode json, String name) {
        return json.has(name) ? Instant.parse(json.get(name).asText()) : null;
    }

}
