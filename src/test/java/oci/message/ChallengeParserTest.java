package oci.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChallengeParserTest {

    @Test
    void reads_quoted_commas_and_escapes() {
        assertThat(parse("Bearer realm=\"https://a.example/token\",scope=\"repository:a/b:pull,push\",note=\"x\\\"y\""))
            .containsExactly(new Challenge("bearer",
                    Map.of("realm", "https://a.example/token", "scope", "repository:a/b:pull,push", "note", "x\"y")));
    }

    @Test
    void reads_two_challenges_in_one_header_and_more_headers() {
        assertThat(parse("Basic realm=\"one, two\", Bearer service=s , realm = \"https://a.example/\"", "Negotiate"))
            .containsExactly(new Challenge("basic", Map.of("realm", "one, two")),
                    new Challenge("bearer", Map.of("service", "s", "realm", "https://a.example/")),
                    new Challenge("negotiate", Map.of()));
    }

    @Test
    void takes_names_in_any_case() {
        assertThat(parse("BEARER Realm=\"https://a.example/\"")).extracting((challenge) -> challenge.parameter("realm"))
            .containsExactly(Optional.of("https://a.example/"));
    }

    @Test
    void survives_what_is_no_challenge() {
        assertThat(parse("", "\"", "=", "Bearer realm=\"open", ",,,")).extracting(Challenge::scheme)
            .containsExactly("bearer");
    }

    private static List<Challenge> parse(String... headers) {
        return ChallengeParser.parseAll(List.of(headers));
    }

}
