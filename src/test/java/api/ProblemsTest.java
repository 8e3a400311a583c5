package api;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import replication.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

/** What a request is answered that fails. */
class ProblemsTest {

    @Test
    void who_sends_too_much_is_answered_429_and_when_to_come_again() {
        Answer answer = new Problems().answer(new Refusal.TooMany("more than 5 a second", Duration.ofSeconds(1)));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.retryAfter()).isEqualTo("1");
        assertThat(answer.body()).contains("Too Many Requests").contains("more than 5 a second");
    }

}
