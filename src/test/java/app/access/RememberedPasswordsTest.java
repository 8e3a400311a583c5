package app.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import fixtures.SettableClock;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

class RememberedPasswordsTest {

    private final AtomicInteger asked = new AtomicInteger();

    private final SettableClock clock = new SettableClock();

    private final PasswordEncoder slow = new PasswordEncoder() {
        @Override
        public String encode(CharSequence password) {
            return "hash of " + password;
        }

        @Override
        public boolean matches(CharSequence password, String encoded) {
            RememberedPasswordsTest.this.asked.incrementAndGet();
            return encoded.equals(encode(password));
        }
    };

    private final RememberedPasswords passwords = new RememberedPasswords(this.slow, this.clock);

    @Test
    void a_right_password_is_checked_once_and_again_after_a_while() {
        assertThat(this.passwords.matches("right", "hash of right")).isTrue();
        assertThat(this.passwords.matches("right", "hash of right")).isTrue();
        assertThat(this.asked).hasValue(1);

        this.clock.advance(Duration.ofMinutes(6));
        assertThat(this.passwords.matches("right", "hash of right")).isTrue();
        assertThat(this.asked).hasValue(2);
    }

    @Test
    void a_wrong_password_is_never_remembered() {
        assertThat(this.passwords.matches("wrong", "hash of right")).isFalse();
        assertThat(this.passwords.matches("wrong", "hash of right")).isFalse();
        assertThat(this.asked).hasValue(2);
    }

    @Test
    void a_changed_password_is_not_taken_for_the_old_one() {
        assertThat(this.passwords.matches("old", "hash of old")).isTrue();
        assertThat(this.passwords.matches("old", "hash of new")).isFalse();
    }

}
