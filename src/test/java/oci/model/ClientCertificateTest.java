package oci.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import fixtures.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** What an operator is told of a client certificate that cannot be used. */
class ClientCertificateTest {

    private final Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    private final ClientCertificate good = AUTHORITY.client("sync", "EC", this.tomorrow);

    @ParameterizedTest
    @ValueSource(strings = { "EC", "RSA", "Ed25519" })
    void a_key_of_a_usual_kind_is_taken(String algorithm) {
        ClientCertificate certificate = AUTHORITY.client("sync", algorithm, this.tomorrow);
        assertThat(certificate.faults()).isEmpty();
        assertThat(certificate.untimely(Instant.now())).isEmpty();
        assertThat(certificate.subject()).isEqualTo("CN=sync");
        assertThat(certificate.end()).isEqualTo(this.tomorrow);
    }

    @Test
    void the_key_of_another_certificate_is_told() {
        ClientCertificate other = AUTHORITY.client("other", "RSA", this.tomorrow);
        String reason = "client_key is not the key of client_certificate, whose subject is CN=sync";
        assertThat(new ClientCertificate(this.good.chain(), other.key()).faults())
            .containsExactly(entry("client_key", reason));
        assertThat(new ClientCertificate(this.good.chain(), AUTHORITY.client("sync").key()).faults())
            .containsExactly(entry("client_key", reason));
    }

    @Test
    void a_certificate_is_for_a_time() {
        assertThat(this.good.untimely(this.tomorrow.plusSeconds(1)))
            .isEqualTo("client_certificate has ended at " + this.tomorrow);
        assertThat(this.good.untimely(Instant.EPOCH)).startsWith("client_certificate is not valid before 2020-01-01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "no pem with hidden-word | client_key is no private key in PEM form",
            "-----BEGIN PRIVATE KEY-----hidden-word%-----END PRIVATE KEY----- | client_key is no key of RSA, EC or Ed25519",
            "-----BEGIN RSA PRIVATE KEY-----hidden-word-----END RSA PRIVATE KEY----- | client_key is not PKCS #8 without a passphrase; openssl pkey -in key.pem writes it so",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----hidden-word-----END | client_key is not PKCS #8 without a passphrase; openssl pkey -in key.pem writes it so",
            "-----END PRIVATE KEY-----BEGIN PRIVATE KEY----- | client_key is not PKCS #8 without a passphrase; openssl pkey -in key.pem writes it so" })
    void a_key_that_cannot_be_read_is_told_and_not_shown(String key, String reason) {
        assertThat(new ClientCertificate(this.good.chain(), new Secret(key)).faults())
            .containsExactly(entry("client_key", reason));
    }

    @Test
    void what_is_no_certificate_or_is_missing_is_told() {
        assertThat(new ClientCertificate(this.good.key().reveal(), this.good.key()).faults())
            .isEqualTo(Map.of("client_certificate", "client_certificate is no certificate in PEM form"));
        assertThat(ClientCertificate.SAVED.faults()).isEqualTo(
                Map.of("client_certificate", "client_certificate is missing", "client_key", "client_key is missing"));
    }

    @Test
    void one_part_goes_over_the_saved_one_and_no_text_shows_the_key() {
        Secret key = new Secret("hidden-word");
        assertThat(new ClientCertificate("", key).over(this.good))
            .isEqualTo(new ClientCertificate(this.good.chain(), key));
        assertThat(new ClientCertificate("chain", new Secret("")).over(this.good))
            .isEqualTo(new ClientCertificate("chain", this.good.key()));
        assertThat(new ClientCertificate("chain", key).toString()).doesNotContain("hidden-word");
    }

}
