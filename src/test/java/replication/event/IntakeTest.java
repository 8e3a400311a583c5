package replication.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import fixtures.LogLines;
import fixtures.SettableClock;
import oci.model.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.Refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Who may tell what, how often, and what the log says of it. */
class IntakeTest {

    private static final int RATE = 5;

    private final SettableClock clock = new SettableClock();

    private final OneHook hooks = new OneHook();

    private final List<RegistryEvent> taken = new ArrayList<>();

    private final Intake intake = new Intake(this.hooks, new Inbox(), (_) -> new Echoing(), (_) -> new Echoing(),
            this.clock, RATE);

    private LogLines log;

    @BeforeEach
    void listen() {
        this.log = new LogLines("replication.event");
    }

    @AfterEach
    void close() {
        this.log.close();
    }

    @Test
    void more_than_a_hook_takes_is_refused_until_a_second_has_passed() {
        for (int i = 0; i < 2 * RATE; i++) {
            take("here", "push");
        }
        assertThatExceptionOfType(Refusal.TooMany.class).isThrownBy(() -> take("here", "push"))
            .withMessageContaining("5 deliveries a second to one hook")
            .matches((refusal) -> refusal.retryAfter().equals(Duration.ofSeconds(1)));

        this.clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < RATE; i++) {
            take("here", "push");
        }
        assertThatExceptionOfType(Refusal.TooMany.class).isThrownBy(() -> take("here", "push"));
        assertThat(this.taken).hasSize(3 * RATE);
    }

    @Test
    void who_guesses_paths_soon_costs_the_database_nothing_and_holds_up_no_known_hook() {
        take("here", "push");
        for (int i = 0; i < 2 * RATE; i++) {
            String guess = "guess " + i;
            assertThatExceptionOfType(Refusal.Missing.class).isThrownBy(() -> take(guess, "push"));
        }
        int looks = this.hooks.looks.get();

        assertThatExceptionOfType(Refusal.TooMany.class).isThrownBy(() -> take("one more guess", "push"));
        assertThat(this.hooks.looks).hasValue(looks);
        assertThatNoException().isThrownBy(() -> take("here", "push"));

        this.clock.advance(Duration.ofSeconds(1));
        assertThatExceptionOfType(Refusal.Missing.class).isThrownBy(() -> take("one more guess", "push"));
    }

    @Test
    void a_hook_that_is_deleted_is_a_path_like_any_that_is_not_known() {
        take("here", "push");
        this.hooks.delete(7, 3);
        for (int i = 0; i < 2 * RATE; i++) {
            assertThatExceptionOfType(Refusal.Missing.class).isThrownBy(() -> take("here", "push"));
        }
        assertThatExceptionOfType(Refusal.TooMany.class).isThrownBy(() -> take("here", "push"));
    }

    @Test
    void why_a_delivery_was_refused_is_in_the_log_once_a_minute() {
        refused("the first");
        refused("the second");
        this.clock.advance(Duration.ofSeconds(61));
        refused("the third");
        assertThat(this.log.lines()).containsExactly(
                "hook 3 of registry 7: a delivery of echo was refused: refuse the first",
                "hook 3 of registry 7: a delivery of echo was refused: refuse the third");
    }

    @Test
    void what_a_sender_remarks_is_in_the_log_even_beside_refusals_and_each_thing_once_a_minute() {
        refused("it");
        take("here", "remark a");
        take("here", "remark b");
        take("here", "remark a");
        assertThat(this.log.lines()).filteredOn((line) -> line.contains("remark"))
            .containsExactly("hook 3 of registry 7: remark a", "hook 3 of registry 7: remark b");
    }

    @Test
    void who_has_no_proof_cannot_have_anything_but_that_written_to_the_log() {
        this.hooks.proof = new Proof.Header("Authorization", new Secret("s3cret"));
        for (String body : List.of("remark x", "refuse x", "remark y")) {
            assertThatExceptionOfType(Refusal.Denied.class).isThrownBy(() -> take("here", body));
        }
        assertThat(this.log.lines())
            .containsExactly("hook 3 of registry 7: a delivery without the right proof was refused");
    }

    private void take(String token, String body) {
        this.intake.take(this.intake.admit(token), new HookDelivery(Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private void refused(String what) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> take("here", "refuse " + what));
    }

    /** Says, refuses or tells of a push as the body says. */
    private static final class Echoing implements Sender {

        @Override
        public String identity() {
            return "echo";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public boolean recognises(HookDelivery delivery) {
            return true;
        }

        @Override
        public List<RegistryEvent> read(HookDelivery delivery, Remarks remarks) {
            String body = new String(delivery.body(), StandardCharsets.UTF_8);
            if (body.startsWith("refuse")) {
                throw new Refusal.Invalid("body", body);
            }
            if (body.startsWith("remark")) {
                remarks.say(body, body);
                return List.of();
            }
            return List.of(RegistryEvent.ofImage("1", RegistryEvent.Kind.PUSH, "library/app", "v1", null));
        }

    }

    /** Hook 3 of registry 7, whose token is "here". */
    private static final class OneHook implements Hooks {

        final AtomicInteger looks = new AtomicInteger();

        Proof proof = new Proof.None();

        private boolean deleted;

        @Override
        public Hook insert(Hook hook, String tokenHash) {
            return hook;
        }

        @Override
        public Optional<Hook> byToken(String tokenHash) {
            this.looks.incrementAndGet();
            return (!this.deleted && tokenHash.equals(Intake.hash("here")))
                    ? Optional.of(new Hook(3, 7, "", "", this.proof, null)) : Optional.empty();
        }

        @Override
        public List<Hook> of(long registryId) {
            return List.of();
        }

        @Override
        public void delete(long registryId, long id) {
            this.deleted = true;
        }

    }

    private final class Inbox implements EventInbox {

        @Override
        public int add(long registryId, List<RegistryEvent> events) {
            IntakeTest.this.taken.addAll(events);
            return events.size();
        }

        @Override
        public int gather() {
            return 0;
        }

        @Override
        public void purge() {
            // Nothing grows old here.
        }

    }

}
