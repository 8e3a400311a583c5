package adapters.layout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.NameGrammar;

/**
 * One of the manifests that an {@code index.json} lists.
 *
 * @param names a tag, or with skopeo, crane and containerd a whole image name; empty if
 * it has none
 */
record IndexEntry(Descriptor descriptor, List<String> names) {

    static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** Written by containerd and Docker besides the tag. */
    private static final String IMAGE_NAME = "io.containerd.image.name";

    private static final String LATEST = "latest";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** By the layout's specification a ref.name may be more than a tag. */
    static boolean isTag(String name) {
        return NameGrammar.isTag(name);
    }

    /** The document, which lists manifests. */
    static ObjectNode document(byte[] bytes) throws IOException {
        try {
            if (!(JSON.readTree(bytes) instanceof ObjectNode index)) {
                throw new MalformedIndex("it is no JSON object");
            }
            if (!index.path("manifests").isArray()) {
                throw new MalformedIndex("it has no list of manifests");
            }
            return index;
        }
        catch (JsonProcessingException ex) {
            throw new MalformedIndex("it is no JSON, from line %d, column %d on".formatted(ex.getLocation().getLineNr(),
                    ex.getLocation().getColumnNr()));
        }
    }

    static List<IndexEntry> all(byte[] bytes) throws IOException {
        List<IndexEntry> entries = new ArrayList<>();
        for (JsonNode entry : document(bytes).path("manifests")) {
            entries.add(read(entry, entries.size() + 1));
        }
        return entries;
    }

    private static IndexEntry read(JsonNode entry, int number) throws IOException {
        JsonNode digest = entry.path("digest");
        JsonNode size = entry.path("size");
        if (!digest.isTextual() || (!size.isMissingNode() && !size.isIntegralNumber())) {
            throw new MalformedIndex("its manifest number %d has no digest or no valid size".formatted(number));
        }
        try {
            Descriptor descriptor = new Descriptor(entry.path("mediaType").asText(""), Digest.parse(digest.asText()),
                    size.asLong(-1), List.of());
            return new IndexEntry(descriptor, names(entry));
        }
        catch (IllegalArgumentException ex) {
            throw new MalformedIndex("its manifest number %d: %s".formatted(number, ex.getMessage()));
        }
    }

    static List<String> names(JsonNode entry) {
        return Stream.of(REF_NAME, IMAGE_NAME)
            .map((annotation) -> entry.path("annotations").path(annotation).asText(""))
            .filter((name) -> !name.isEmpty())
            .toList();
    }

    /** Whether its name is a tag and nothing more. */
    boolean isTagged() {
        return this.names.stream().findFirst().filter(IndexEntry::isTag).isPresent();
    }

    /** The tag, alone or at the end of a whole name; empty if it has none. */
    Optional<String> tag() {
        return tag(this.names);
    }

    static Optional<String> tag(List<String> names) {
        return names.stream().findFirst().flatMap(IndexEntry::tag);
    }

    private static Optional<String> tag(String name) {
        if (isTag(name)) {
            return Optional.of(name);
        }
        if (name.contains("@")) {
            return Optional.empty();
        }
        int colon = name.lastIndexOf(':');
        return Optional.of((colon > name.lastIndexOf('/')) ? name.substring(colon + 1) : LATEST)
            .filter(IndexEntry::isTag);
    }

    /** For messages. */
    @Override
    public String toString() {
        return this.names.isEmpty() ? this.descriptor.digest().toString()
                : "%s (%s)".formatted(this.names.getLast(), this.descriptor.digest());
    }

}
