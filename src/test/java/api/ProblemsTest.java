package api;

import java.time.Duration;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import replication.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

/** What a request is answered that fails. */
class ProblemsTest {

    @Test
    void who_sends_too_much_is_answered_429_and_when_to_come_again() {
        ApiAnswer answer = new Problems((_) -> false)
            .answer(new Refusal.TooMany("more than 5 a second", Duration.ofSeconds(1)));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.retryAfter()).isEqualTo("1");
        assertThat(answer.body()).contains("Too Many Requests").contains("more than 5 a second");
    }

    @Test
    void what_a_request_held_is_repeated_in_part_and_on_one_harmless_line() {
        ApiAnswer answer = new Problems((_) -> false)
            .answer(new Refusal.Invalid("f\u001b[31m" + "x".repeat(300), "not \"a\r\nb\u202e" + "y".repeat(5_000)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).hasSizeLessThan(2_500)
            .contains("not \\\"a b\uFFFDyyy", "f\uFFFD[31mxxx")
            .doesNotContain("\\r", "\\n", "\u202e", "\\u001b");
    }

    @ParameterizedTest
    @MethodSource("refusedBodies")
    void a_body_that_was_not_read_is_answered_by_why(BodyRefused refused, int status, @Nullable String retryAfter) {
        ApiAnswer answer = new Problems((_) -> false).answer(refused);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.retryAfter()).isEqualTo(retryAfter);
        assertThat(answer.body()).contains(String.valueOf(refused.getMessage()));
    }

    static Stream<Arguments> refusedBodies() {
        return Stream.of(Arguments.of(BodyRefused.tooLarge(10), 413, null),
                Arguments.of(BodyRefused.tooSlow(20), 408, null), Arguments.of(BodyRefused.noRoom(), 503, "1"),
                Arguments.of(BodyRefused.broken(), 400, null));
    }

}
