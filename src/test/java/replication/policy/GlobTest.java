package replication.policy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class GlobTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            "",                  anything/at/all,  true
            **,                  a,                true
            **,                  a/b/c,            true
            *,                   a,                true
            *,                   a/b,              false
            a/*,                 a/b,              true
            a/*,                 a/b/c,            false
            a/**,                a/b/c,            true
            a/**,                a,                false
            a/**,                ab/c,             false
            **/c,                c,                true
            **/c,                a/b/c,            true
            **/c,                a/bc,             false
            a/**/c,              a/c,              true
            a/**/c,              a/b/b/c,          true
            abc**,               abcd,             true
            abc**,               abc/d,            false
            v?.0,                v1.0,             true
            v?.0,                v10.0,            false
            a?b,                 a/b,              false
            1.[0-9]*,            1.25,             true
            [^a-c]x,             dx,               true
            [^a-c]x,             ax,               false
            [^a]b,               /b,               false
            "{app,web}",         web,              true
            "lib/{a,b{c,d}}/x",  lib/bd/x,         true
            "lib/{a,b{c,d}}/x",  lib/b/x,          false
            "{a/**,b}",          a/x/y,            true
            "{a/**,b}",          b,                true
            \\*,                 *,                true
            \\*,                 a,                false
            a.b,                 axb,              false
            a+(b),               a+(b),            true
            a},                  a},               true
            """)
    void matches_as_doublestar_does(String pattern, String name, boolean matches) {
        assertThat(Glob.of(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[", "[a", "[]", "[]a]", "[-]", "[x-]", "[z-a]", "{a", "{a,{b}", "a\\", "[a\\" })
    void refuses_what_is_malformed_and_says_why(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> Glob.of(pattern))
            .satisfies((refused) -> assertThat(refused).message().isNotBlank());
    }

    @Test
    void refuses_a_pattern_of_endless_length() {
        assertThatIllegalArgumentException().isThrownBy(() -> Glob.of("a".repeat(Glob.MAX_LENGTH + 1)));
    }

    @Test
    void takes_linear_time_with_a_hostile_pattern() {
        Glob glob = Glob.of("*a".repeat(200) + "b");

        boolean matches = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> glob.matches("a".repeat(5000)));

        assertThat(matches).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            lib/app,                 lib/app
            "lib/{a,b{c,d}}",        lib/a lib/bc lib/bd
            "lib{,/a,/b}",           lib lib/a lib/b
            "{a,b,a}/{x,x}",         a/x b/x
            "{a,a}{b,b}{c,c}{d,d}{e,e}{f,f}{g,g}", abcdefg
            "a\\*{b,c\\,d}\\{",      "a*b{ a*c,d{"
            "a},b",                  "a},b"
            "{,}",                   ""
            """)
    void spells_out_a_pattern_without_wildcards(String pattern, String names) {
        assertThat(Glob.of(pattern).literals().orElseThrow())
            .containsExactly(names.isEmpty() ? new String[0] : names.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "lib/*", "a?", "[a]", "{a,b*}", "{0,1,2,3,4,5,6,7,8,9}{0,1,2,3,4,5,6,7,8,9}{0,1}",
            "{library/busybox,team-{a,b,c,d,e,f,g,h,i,j,k}/{app,db,web,api,job,log,bus,key,box,sum}}",
            "{x,{{0,1,2,3,4,5,6,7,8,9}{0,1,2,3,4,5,6,7,8,9}{0,1}y,z}}" })
    void knows_no_names_for_wildcards_and_too_many_alternatives(String pattern) {
        assertThat(Glob.of(pattern).literals()).isEmpty();
    }

}
