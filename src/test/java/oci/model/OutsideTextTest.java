package oci.model;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutsideTextTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"',
            value = { "plain words,plain words", "\"two\r\nlines\",two lines", "\"tab\tand  spaces \",tab and spaces",
                    "\"\u001b[31mred\u001b[0m\",�[31mred�[0m", "\"a\u009bb\",a�b", "\"a\u202e\u2066b\",a�b",
                    "\"a\u0085b\u2028c\",a b c", "\"a\u0000\u0007b\",a�b", "\"half \ud83d surrogate\",half � surrogate",
                    "größe 数 😀,größe 数 😀" })
    void is_one_line_without_what_controls_a_terminal(String raw, String line) {
        assertThat(OutsideText.line(raw, 100)).isEqualTo(line);
    }

    @Test
    void is_clipped_where_no_character_is_cut() {
        assertThat(OutsideText.line("abcdef", 6)).isEqualTo("abcdef");
        assertThat(OutsideText.line("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(OutsideText.line("abcd😀g", 6)).isEqualTo("abcd…");
        assertThat(OutsideText.line("abcdef" + " ".repeat(100_000), 6)).isEqualTo("abcdef");
    }

    @Property
    void never_controls_anything_and_is_never_too_long(@ForAll String raw,
            @ForAll @IntRange(min = 1, max = 300) int most) {
        assertThat(OutsideText.line(raw, most)).hasSizeLessThanOrEqualTo(most)
            .matches("[^\\p{Cc}\\p{Cf}\\u2028\\u2029]*");
    }

}
