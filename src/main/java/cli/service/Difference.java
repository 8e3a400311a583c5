package cli.service;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import cli.shared.Shown;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A field whose value differs between the service and a document. A field that the
 * document leaves out does not differ; it stays as it is.
 *
 * @param field such as {@code credential.access_key}
 */
record Difference(String field, JsonNode is, JsonNode wanted) {

    static List<Difference> between(JsonNode is, JsonNode wanted) {
        List<Difference> found = new ArrayList<>();
        gather("", is, wanted, found);
        return found;
    }

    private static void gather(String path, JsonNode is, JsonNode wanted, List<Difference> found) {
        if (wanted.isObject() && is.isObject()) {
            wanted.properties()
                .forEach((field) -> gather(path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                        is.path(field.getKey()), field.getValue(), found));
        }
        else if (!meets(is, wanted)) {
            found.add(new Difference(path, is, wanted));
        }
    }

    /** Lists are compared as a whole; their objects may leave fields out. */
    private static boolean meets(JsonNode is, JsonNode wanted) {
        if (wanted.isArray() && is.isArray()) {
            return wanted.size() == is.size()
                    && IntStream.range(0, wanted.size()).allMatch((i) -> meets(is.get(i), wanted.get(i)));
        }
        if (wanted.isObject() && is.isObject()) {
            return wanted.properties().stream().allMatch((field) -> meets(is.path(field.getKey()), field.getValue()));
        }
        return is.equals(wanted) || (nothing(is) && nothing(wanted));
    }

    private static boolean nothing(JsonNode node) {
        return node.isNull() || node.isMissingNode() || (node.isTextual() && node.asText().isEmpty())
                || (node.isArray() && node.isEmpty());
    }

    /** Such as {@code priority: 0 -> 5}. */
    @Override
    public String toString() {
        return Shown
            .line("%s: %s -> %s".formatted(this.field, this.is.isMissingNode() ? "nothing" : this.is, this.wanted));
    }

}
