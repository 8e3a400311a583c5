package oci.auth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import oci.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TokenAnswerTest {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static final long SECOND = NOW.getEpochSecond();

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '\'', textBlock = """
            {"token": "a", "access_token": "b"} -> a
            {"token": "", "access_token": "b"} -> b
            {"token": null, "access_token": "b"} -> b
            {"token": "two words", "access_token": "b"} -> b
            {"token": {}, "access_token": "b"} -> b
            {"access_token": "b"} -> b
            {"token": "a", "access_token": ""} -> a
            """)
    void the_first_token_that_can_be_sent_is_taken(String json, String token) {
        assertThat(read(json).token()).isEqualTo(token);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            {"token": ""}
            {}
            []
            {"token": "a\\r\\nX-Header: b"}
            no json
            """)
    void an_answer_without_one_is_told(String json) {
        assertThat(TokenAnswer.read(Json.lenient(json.getBytes(StandardCharsets.UTF_8)), NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '\'', textBlock = """
            {"token": "a"} -> PT60S
            {"token": "a", "expires_in": 0} -> PT60S
            {"token": "a", "expires_in": -5} -> PT60S
            {"token": "a", "expires_in": "300"} -> PT5M
            {"token": "a", "expires_in": 300} -> PT5M
            {"token": "a", "expires_in": 299.9} -> PT4M59S
            {"token": "a", "expires_in": 1e300} -> PT24H
            {"token": "a", "expires_in": 9223372036854775807} -> PT24H
            {"token": "a", "expires_in": 300, "issued_at": "2025-12-31T23:59:00Z"} -> PT4M
            {"token": "a", "expires_in": 300, "issued_at": "2025-12-31T23:59:00.5Z"} -> PT4M0.5S
            {"token": "a", "expires_in": 300, "issued_at": "2026-01-01T00:01:00Z"} -> PT5M
            {"token": "a", "expires_in": 300, "issued_at": "2020-01-01T00:00:00Z"} -> PT5M
            {"token": "a", "expires_in": 300, "issued_at": "yesterday"} -> PT5M
            """)
    void a_token_lives_as_long_as_its_service_says(String json, Duration life) {
        assertThat(read(json).life()).isEqualTo(life);
    }

    @Test
    void the_end_that_only_the_token_tells_is_kept_to() {
        assertThat(ofClaims("{\"exp\": %d}".formatted(SECOND + 900))).isEqualTo(Duration.ofMinutes(15));
        assertThat(ofClaims("{\"exp\": %d, \"iat\": %d}".formatted(SECOND + 900, SECOND - 60)))
            .isEqualTo(Duration.ofMinutes(15));
        assertThat(ofClaims("{\"exp\": %d}".formatted(SECOND + 90_000_000))).isEqualTo(TokenAnswer.LONGEST_LIFE);
    }

    @Test
    void of_a_service_whose_clock_is_behind_the_life_counts() {
        assertThat(ofClaims("{\"exp\": %d, \"iat\": %d}".formatted(SECOND - 3000, SECOND - 3600)))
            .isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            {"exp": 1}
            {"exp": -1}
            {"exp": 1e300}
            {"exp": 9223372036854775807}
            {"exp": "soon"}
            {"iat": 1767225600}
            []
            not json
            """)
    void a_token_that_tells_no_end_lives_as_the_specification_has_it(String claims) {
        assertThat(ofClaims(claims)).isEqualTo(TokenAnswer.DEFAULT_LIFE);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            a.b
            a.%%%.c
            ..
            .
            a..c
            """)
    void what_is_no_jwt_is_a_token_all_the_same(String token) {
        assertThat(read("{\"token\": \"%s\"}".formatted(token)))
            .isEqualTo(new TokenAnswer(token, Duration.ofSeconds(60)));
    }

    @Test
    void a_token_that_is_longer_than_any_header_is_none() {
        String longest = "x".repeat(TokenAnswer.LONGEST_TOKEN);
        assertThat(read("{\"token\": \"%s\"}".formatted(longest)).token()).isEqualTo(longest);
        assertThat(read("{\"token\": \"%sx\", \"access_token\": \"b\"}".formatted(longest)).token()).isEqualTo("b");
        String json = "{\"token\": \"%sx\"}".formatted(longest);
        assertThat(TokenAnswer.read(Json.lenient(json.getBytes(StandardCharsets.UTF_8)), NOW)).isEmpty();
    }

    @Test
    void a_token_is_not_shown() {
        assertThat(read("{\"token\": \"s3cret\"}").toString()).doesNotContain("s3cret");
    }

    private static Duration ofClaims(String claims) {
        String payload = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return read("{\"token\": \"e30.%s.sig\"}".formatted(payload)).life();
    }

    private static TokenAnswer read(String json) {
        return TokenAnswer.read(Json.lenient(json.getBytes(StandardCharsets.UTF_8)), NOW).orElseThrow();
    }

}
