package cli.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Documents in YAML, which includes JSON. */
public final class Yaml {

    private static final YAMLMapper MAPPER = mapper(
            YAMLFactory.builder().stringQuotingChecker(new FaithfulQuotes(mapper(new YAMLFactory()))).build());

    private Yaml() {
    }

    private static YAMLMapper mapper(YAMLFactory factory) {
        return YAMLMapper.builder(factory)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();
    }

    /** Reads a file; {@code -} is the standard input. */
    public static JsonNode read(String file) {
        String content = content(file);
        try {
            return MAPPER.readTree(content);
        }
        catch (JsonProcessingException ex) {
            throw malformed(file, ex.getOriginalMessage(),
                    (ex.getLocation() != null) ? ex.getLocation().getLineNr() : 0);
        }
    }

    /** Reads another program's file, all of whose scalars are text. */
    public static JsonNode readTexts(String file) {
        String content = content(file);
        try {
            return TextScalars.read(content);
        }
        catch (MarkedYAMLException ex) {
            throw malformed(file, ex.getProblem(), ex.getProblemMark().getLine() + 1);
        }
        catch (YAMLException ex) {
            throw malformed(file, String.valueOf(ex.getMessage()), 0);
        }
    }

    private static CommandFailed malformed(String file, String why, int line) {
        return new CommandFailed("read %s: it is no YAML: %s at line %d".formatted(file, why, line));
    }

    private static String content(String file) {
        try {
            byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return new String(bytes, StandardCharsets.UTF_8);
        }
        catch (NoSuchFileException _) {
            throw new CommandFailed("read %s: there is no such file".formatted(file));
        }
        catch (IOException ex) {
            throw new CommandFailed("read %s: %s".formatted(file, ex.getMessage()));
        }
    }

    /**
     * Every text is read back as it was, except for U+0085, which is a line end in YAML
     * 1.1.
     */
    public static String write(JsonNode document) {
        try {
            return MAPPER.writeValueAsString(document);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
