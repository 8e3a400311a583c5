package events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.event.HookDelivery;

/** A delivery as it was caught, or written by the sender's documentation. */
record Sample(String name, Map<String, String> headers, ObjectNode body) {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Path FOLDER = Path.of("src/test/resources/events");

    static Sample named(String name) {
        try {
            JsonNode document = JSON.readTree(FOLDER.resolve(name + ".json").toFile());
            Map<String, String> headers = new LinkedHashMap<>();
            document.get("headers")
                .properties()
                .forEach((header) -> headers.put(header.getKey(), header.getValue().asText()));
            return new Sample(name, headers, (ObjectNode) document.get("body"));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static List<Sample> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map((file) -> file.getFileName().toString())
                .filter((file) -> file.endsWith(".json"))
                .map((file) -> named(file.substring(0, file.length() - ".json".length())))
                .toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    byte[] bytes() {
        return this.body.toString().getBytes(StandardCharsets.UTF_8);
    }

    HookDelivery delivery() {
        return of(bytes());
    }

    /** The same headers with another body. */
    HookDelivery of(byte[] bytes) {
        return new HookDelivery(this.headers, bytes);
    }

}
