package cli.shared;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What was exported is read as the same, whatever the texts in it are. */
class YamlTest {

    @Property(tries = 3_000)
    void any_text_of_a_field_survives_being_written_and_read(@ForAll("texts") String text) throws Exception {
        ObjectNode document = JsonTrees.object();
        ObjectNode policy = document.putArray("policies").addObject().put("name", text);
        policy.putArray("filters").addObject().put("value", text);
        policy.putArray("src_namespaces").add(text);

        assertThat(read(Yaml.write(document))).isEqualTo(document);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings()
            .ofMaxLength(60)
            .filter((text) -> StandardCharsets.UTF_8.newEncoder().canEncode(text) && !text.contains("\u0085"));
        Arbitrary<String> ordinary = Arbitraries.strings()
            .withChars(" -_.:#,[]{}&*!|>'\"%@`~?\\\n\t=<0123456789abefx\u2028")
            .ofMaxLength(12);
        Arbitrary<String> numbers = Arbitraries.strings().withChars("0123456789_.xobef+-:").ofMaxLength(6);
        Arbitrary<String> known = Arbitraries.of("2024_01", "1e3", "0x1f", "0o17", "0644", "1_000.5", ".inf", ".NaN",
                "~", "null", "yes", "off", "true", "2024-01-02", "12:30:45", "<<", "=", "", " ", "\n", "a\n", "\na",
                "a\n\n b\n", "a ".repeat(90), "---", "...", "a: b", "a #b");
        return Arbitraries.oneOf(any, ordinary, numbers, known);
    }

    @Test
    void what_needs_no_quotes_has_none() {
        assertThat(Yaml.write(JsonTrees.object().put("name", "team/app:v1").put("cron", "0 3 * * *").put("tag", "1e3")))
            .isEqualTo("""
                    name: team/app:v1
                    cron: 0 3 * * *
                    tag: "1e3"
                    """);
    }

    private static JsonNode read(String text) throws Exception {
        Path file = Files.createTempFile("export", ".yaml");
        try {
            return Yaml.read(Files.writeString(file, text).toString());
        }
        finally {
            Files.delete(file);
        }
    }

}
