package oci.manifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import oci.message.Json;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.OutsideText;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a manifest, in which no more is kept than a copy needs: its type and what
 * it refers to. Annotations, platforms and all else go by.
 */
final class ManifestScan {

    /** Images have up to 127 layers, the largest artifacts some thousand files. */
    private static final int MOST_DESCRIPTORS = 10_000;

    private static final int MOST_URLS = 20;

    /** In characters; longer ones are clipped. */
    private static final int LONGEST_URL = 4096;

    private static final int LONGEST_TYPE = 255;

    private final JsonParser json;

    private final Map<Part, Map<Digest, Descriptor>> parts = new EnumMap<>(Part.class);

    private String mediaType = "";

    private String artifactType = "";

    private int schemaVersion;

    private int count;

    /** What is wrong with the first descriptor that is none. */
    private String problem = "";

    private ManifestScan(JsonParser json) {
        this.json = json;
    }

    /**
     * Scans one.
     * @throws Malformed where it is none, saying why
     */
    static ManifestScan of(byte[] bytes) throws Malformed {
        try (JsonParser json = Json.FACTORY.createParser(bytes)) {
            ManifestScan scan = new ManifestScan(json);
            scan.document();
            return scan;
        }
        catch (JsonEOFException ex) {
            throw new Malformed("it is no JSON: " + Json.fault(ex), true);
        }
        catch (StreamConstraintsException _) {
            throw new Malformed(Json.BEYOND, false);
        }
        catch (IOException ex) {
            throw new Malformed("it is no JSON: " + Json.fault(ex), false);
        }
    }

    /** As it states it; empty where it does not. */
    String mediaType() {
        return this.mediaType;
    }

    /** As it states it; empty where it does not. */
    String artifactType() {
        return this.artifactType;
    }

    int schemaVersion() {
        return this.schemaVersion;
    }

    boolean has(Part part) {
        return this.parts.containsKey(part);
    }

    /**
     * What these parts refer to, each digest once.
     * @throws Malformed where anything that is referred to is not told well
     */
    List<Descriptor> distinct(Part... wanted) throws Malformed {
        if (!this.problem.isEmpty()) {
            throw new Malformed(this.problem, false);
        }
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        for (Part part : wanted) {
            this.parts.getOrDefault(part, Map.of()).values().forEach((descriptor) -> keep(found, descriptor));
        }
        return List.copyOf(found.values());
    }

    private static void keep(Map<Digest, Descriptor> found, Descriptor descriptor) {
        found.merge(descriptor.digest(), descriptor, (first, again) -> again.urls().isEmpty() ? first : again);
    }

    private void document() throws IOException, Malformed {
        JsonToken first = this.json.nextToken();
        if (first == null) {
            throw new JsonEOFException(this.json, JsonToken.NOT_AVAILABLE, "it is empty");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new Malformed("it is no JSON object", false);
        }
        while (this.json.nextToken() == JsonToken.FIELD_NAME) {
            String field = this.json.currentName();
            JsonToken value = this.json.nextToken();
            Optional<Part> part = Part.of(field);
            if (part.isPresent() && value != JsonToken.VALUE_NULL) {
                part(part.get());
            }
            else if (field.equals("mediaType") && value == JsonToken.VALUE_STRING) {
                this.mediaType = this.json.getText();
            }
            else if (field.equals("artifactType") && value == JsonToken.VALUE_STRING) {
                this.artifactType = OutsideText.line(this.json.getText(), LONGEST_TYPE);
            }
            else if (field.equals("schemaVersion") && value.isScalarValue()) {
                this.schemaVersion = this.json.getValueAsInt();
            }
            else {
                this.json.skipChildren();
            }
        }
    }

    private void part(Part part) throws IOException {
        Map<Digest, Descriptor> found = this.parts.computeIfAbsent(part, (_) -> new LinkedHashMap<>());
        switch (this.json.currentToken()) {
            case START_OBJECT -> descriptor(part, found);
            case START_ARRAY -> {
                while (this.json.nextToken() != JsonToken.END_ARRAY) {
                    descriptor(part, found);
                }
            }
            default -> {
                // Names nothing.
            }
        }
    }

    private void descriptor(Part part, Map<Digest, Descriptor> found) throws IOException {
        this.count++;
        if (this.json.currentToken() != JsonToken.START_OBJECT) {
            this.json.skipChildren();
            objects("%s holds what is no descriptor".formatted(part.field()));
            return;
        }
        if (this.count > MOST_DESCRIPTORS) {
            this.json.skipChildren();
            objects("it refers to more than %d contents".formatted(MOST_DESCRIPTORS));
            return;
        }
        String type = "";
        String digest = "";
        long size = -1;
        List<String> urls = List.of();
        while (this.json.nextToken() == JsonToken.FIELD_NAME) {
            String field = this.json.currentName();
            this.json.nextToken();
            switch (field) {
                case "mediaType" -> type = text();
                case "digest" -> digest = text();
                case "size" -> size = size();
                case "urls" -> urls = urls();
                default -> this.json.skipChildren();
            }
        }
        if (size < 0) {
            objects("a descriptor in %s has no size: %s".formatted(part.field(),
                    OutsideText.line(digest + " " + type, LONGEST_TYPE)));
            return;
        }
        try {
            keep(found, new Descriptor(OutsideText.line(type, LONGEST_TYPE), Digest.parse(digest), size, urls));
        }
        catch (IllegalArgumentException ex) {
            objects(String.valueOf(ex.getMessage()));
        }
    }

    private void objects(String to) {
        if (this.problem.isEmpty()) {
            this.problem = to;
        }
    }

    private String text() throws IOException {
        if (this.json.currentToken() != JsonToken.VALUE_STRING) {
            this.json.skipChildren();
            return "";
        }
        return this.json.getText();
    }

    private long size() throws IOException {
        JsonToken token = this.json.currentToken();
        this.json.skipChildren();
        if (token != JsonToken.VALUE_NUMBER_INT || this.json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return -1;
        }
        return this.json.getLongValue();
    }

    private List<String> urls() throws IOException {
        if (this.json.currentToken() != JsonToken.START_ARRAY) {
            this.json.skipChildren();
            return List.of();
        }
        List<String> urls = new ArrayList<>();
        while (this.json.nextToken() != JsonToken.END_ARRAY) {
            String url = text();
            if (urls.size() < MOST_URLS) {
                urls.add(OutsideText.line(url, LONGEST_URL));
            }
        }
        return urls;
    }

    /** Where a manifest may refer to other content. */
    enum Part {

        MANIFESTS, CONFIG, LAYERS,
        /** What the withdrawn OCI artifact manifest had. */
        BLOBS;

        String field() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Part> of(@Nullable String field) {
            for (Part part : values()) {
                if (part.field().equals(field)) {
                    return Optional.of(part);
                }
            }
            return Optional.empty();
        }

    }

    /** A document that is no manifest. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean cut;

        Malformed(String message, boolean cut) {
            super(message);
            this.cut = cut;
        }

        /** Whether its end is missing, or all of it. */
        boolean cut() {
            return this.cut;
        }

    }

}
