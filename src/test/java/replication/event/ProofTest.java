package replication.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import oci.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.Refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProofTest {

    /** The example of GitHub's documentation, "Validating webhook deliveries". */
    private static final String GITHUB = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static final Proof HMAC = new Proof.Hmac("X-Hub-Signature-256", new Secret("It's a Secret to Everybody"));

    /** The example of the Standard Webhooks specification's libraries. */
    private static final Proof STANDARD = new Proof.StandardWebhook(
            new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static final Instant SENT = Instant.ofEpochSecond(1614265330);

    @Test
    void none_always_holds() {
        assertThat(new Proof.None().holds(delivery("", Map.of()), SENT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "Authorization, Bearer s3cret, true", "authorization, Bearer s3cret, true",
            "Authorization, Bearer s3cre, false", "Authorization, bearer s3cret, false", "Authorization, '', false",
            "X-Token, Bearer s3cret, false" })
    void a_header_holds_with_its_whole_value(String name, String value, boolean holds) {
        Proof proof = new Proof.Header("Authorization", new Secret("Bearer s3cret"));

        assertThat(proof.holds(delivery("", Map.of(name, value)), SENT)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = { "sha256=" + GITHUB, "SHA256=" + GITHUB, GITHUB,
            "dXEH6g6yUJ/CESIczphLijdXC211hsIsRvQ3nIsEPhc=", " sha256=" + GITHUB + " " })
    void an_hmac_holds_however_it_is_written(String signature) {
        assertThat(HMAC.holds(delivery("Hello, World!", Map.of("X-Hub-Signature-256", signature)), SENT)).isTrue();
        assertThat(HMAC.holds(delivery("Hello, World?", Map.of("X-Hub-Signature-256", signature)), SENT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "sha256=", "sha256=zz", "sha1=" + GITHUB, "757107ea", "====", "é",
            "sha256=" + GITHUB + "00" })
    void an_hmac_of_another_form_does_not_hold(String signature) {
        assertThat(HMAC.holds(delivery("Hello, World!", Map.of("X-Hub-Signature-256", signature)), SENT)).isFalse();
    }

    @Test
    void an_hmac_that_is_missing_does_not_hold() {
        assertThat(HMAC.holds(delivery("Hello, World!", Map.of()), SENT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "0, true", "300, true", "-300, true", "301, false", "-301, false" })
    void a_standard_webhook_holds_for_five_minutes(long later, boolean holds) {
        assertThat(STANDARD.holds(standard("1614265330", SIGNATURE), SENT.plusSeconds(later))).isEqualTo(holds);
    }

    @Test
    void one_of_several_signatures_suffices() {
        assertThat(STANDARD.holds(standard("1614265330", "v1a,x v1,AAAA " + SIGNATURE), SENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "v1,", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,é", " " })
    void a_standard_webhook_with_another_signature_does_not_hold(String signature) {
        assertThat(STANDARD.holds(standard("1614265330", signature), SENT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "-1", "x", "1614265331", "999999999999", "99999999999999999999" })
    void a_standard_webhook_of_another_time_does_not_hold(String time) {
        assertThat(STANDARD.holds(standard(time, SIGNATURE), SENT)).isFalse();
    }

    @Test
    void a_standard_webhook_does_not_hold_for_another_body_or_id() {
        Map<String, String> headers = Map.of("webhook-timestamp", "1614265330", "webhook-signature", SIGNATURE);

        assertThat(STANDARD.holds(delivery("{\"test\": 2432232314}", headers), SENT)).isFalse();
        assertThat(STANDARD.holds(standard("1614265330", SIGNATURE, "{}"), SENT)).isFalse();
    }

    @Test
    void no_text_shows_a_secret() {
        assertThat(HMAC.toString()).doesNotContain("Everybody");
        assertThat(STANDARD.toString()).doesNotContain("MfKQ");
        assertThat(new Proof.Header("Authorization", new Secret("s3cret")).toString()).doesNotContain("s3cret");
    }

    @Test
    void what_could_never_hold_or_prove_anything_is_refused() {
        assertRefused(() -> new Proof.Header("Authorization", new Secret("")));
        assertRefused(() -> new Proof.Header("two words", new Secret("s3cret")));
        assertRefused(() -> new Proof.Hmac("", new Secret("s3cret")));
        assertRefused(() -> new Proof.Hmac("X-Signature", new Secret("")));
        assertRefused(() -> new Proof.StandardWebhook(new Secret("whsec_")));
        assertRefused(() -> new Proof.StandardWebhook(new Secret("s3cret!")));
    }

    private static void assertRefused(Runnable making) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(making::run)
            .satisfies((refusal) -> assertThat(refusal.getMessage()).doesNotContain("s3cret"));
    }

    private static HookDelivery standard(String time, String signature) {
        return standard(time, signature, "{\"test\": 2432232314}");
    }

    private static HookDelivery standard(String time, String signature, String body) {
        return delivery(body, Map.of("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp", time,
                "webhook-signature", signature));
    }

    private static HookDelivery delivery(String body, Map<String, String> headers) {
        return new HookDelivery(headers, body.getBytes(StandardCharsets.UTF_8));
    }

}
