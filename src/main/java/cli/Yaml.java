package cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Documents in YAML, or in JSON, which is some. */
final class Yaml {

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
        .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
        .build();

    private Yaml() {
    }

    /** Reads a file; {@code -} is the standard input. */
    static JsonNode read(String file) {
        try {
            byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
        }
        catch (JsonProcessingException ex) {
            throw new CommandFailed("read %s: it is no YAML: %s at line %d".formatted(file, ex.getOriginalMessage(),
                    (ex.getLocation() != null) ? ex.getLocation().getLineNr() : 0));
        }
        catch (NoSuchFileException _) {
            throw new CommandFailed("read %s: there is no such file".formatted(file));
        }
        catch (IOException ex) {
            throw new CommandFailed("read %s: %s".formatted(file, ex.getMessage()));
        }
    }

    static String write(JsonNode document) {
        try {
            return MAPPER.writeValueAsString(document);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
