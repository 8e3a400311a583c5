package adapters.azure;

import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.TestAuthority;
import fixtures.vendors.AzureFront;
import fixtures.vendors.TlsFront;
import oci.Artifact;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.model.WebUrl;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.Refusal;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureAdapterTest {

    private final AzureFront cloud = new AzureFront();

    private final TestAuthority authority = TestAuthority.create();

    private final TlsFront entra = new TlsFront(this.authority, this.cloud.url());

    private final StopSignal stop = new StopSignal();

    private String repository = "";

    private int names;

    @BeforeEach
    void repository() {
        this.repository = "team/app" + this.names++;
    }

    @AfterEach
    void no_mistakes() {
        assertThat(this.cloud.mistakes).isEmpty();
    }

    @AfterAll
    void close() {
        this.entra.close();
        this.cloud.close();
    }

    @Test
    void a_certificate_proves_the_application() throws GeneralSecurityException, OperatorCreationException {
        KeyPair keys = keys();
        this.cloud.certificate = keys.getPublic();
        this.cloud.authority = this.entra.url();
        this.cloud.push(this.repository, "v1", Images.image(1, 10));
        String pem = "Bag Attributes\n" + pem("PRIVATE KEY", keys.getPrivate().getEncoded())
                + pem("CERTIFICATE", certificate(keys).getEncoded());
        try (RegistryConnection connection = connect(application("certificate", "certificate", pem))) {
            assertThat(artifacts(connection)).hasSize(1);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(KeyPair keys)
            throws GeneralSecurityException, OperatorCreationException {
        X500Name name = new X500Name("CN=drayage");
        Instant now = Instant.now();
        return new JcaX509CertificateConverter().getCertificate(
                new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofDays(1))), name, keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind,
                Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content), kind);
    }

    @Test
    void the_admin_user_s_password_goes_to_the_token_service() {
        this.cloud.push(this.repository, "v1", Images.image(2, 10));
        int before = this.cloud.refresh.issued();
        try (RegistryConnection connection = connect(
                RegistryCredential.basic("admin", new Secret(AzureFront.SECRET)))) {
            assertThat(artifacts(connection)).hasSize(1);
        }
        assertThat(this.cloud.refresh.issued()).isEqualTo(before);
    }

    @Test
    void a_refused_secret_is_told_with_entra_s_code_and_without_the_secret() {
        try (RegistryConnection connection = connect(application("client_secret", "client_secret", "canary-wrong"))) {
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> artifacts(connection))
                .withMessageContaining("AADSTS7000215")
                .satisfies((failure) -> assertThat(failure.toString()).doesNotContain("canary"));
        }
    }

    @Test
    void a_locked_tag_is_listed_as_such_and_left_with_the_reason() {
        Image image = Images.image(3, 10);
        Instant before = Instant.now().minusSeconds(1);
        this.cloud.push(this.repository, "open", image);
        this.cloud.push(this.repository, "shut", image);
        this.cloud.locked.add(this.repository + ":shut");
        try (RegistryConnection connection = connect(secret())) {
            List<Artifact> listed = artifacts(connection);
            assertThat(listed).extracting(Artifact::tag, Artifact::locked)
                .containsExactly(tuple("open", false), tuple("shut", true));
            assertThat(listed).allSatisfy((artifact) -> assertThat(artifact.pushed()).isAfter(before));
            assertThat(delete(connection, "shut", image))
                .hasValueSatisfying((reason) -> assertThat(reason).startsWith("the tag is locked")
                    .contains("REGISTRY_DISALLOWED_OPERATION"));
            assertThat(delete(connection, "open", image)).isEmpty();
            assertThat(delete(connection, "open", image)).isEmpty();
            assertThat(artifacts(connection)).extracting(Artifact::tag).containsExactly("shut");
        }
    }

    @ParameterizedTest
    @CsvSource({ "tenant, ../../evil", "tenant, a/b", "tenant, evil.example?x=", "tenant, ''", "client_id, a b",
            "client_id, .." })
    void what_becomes_a_part_of_an_address_is_checked(String field, String value) {
        Map<String, String> values = new HashMap<>(Map.of("tenant", AzureFront.TENANT, "client_id", AzureFront.CLIENT));
        values.put(field, value);
        RegistryCredential credential = new RegistryCredential("client_secret", values,
                Map.of("client_secret", new Secret("x")));
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> connect(credential))
            .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("credential." + field));
    }

    @ParameterizedTest
    @CsvSource({ "none", "-----BEGIN PRIVATE KEY-----canary",
            "-----BEGIN PRIVATE KEY-----canary-----END PRIVATE KEY----------BEGIN CERTIFICATE-----canary" })
    void a_damaged_certificate_is_told_by_its_field_without_its_text(String pem) {
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> connect(application("certificate", "certificate", pem)))
            .satisfies((refusal) -> assertThat(refusal.field()).isEqualTo("credential.certificate"))
            .satisfies((refusal) -> assertThat(String.valueOf(refusal.getMessage())).doesNotContain("canary"));
    }

    @ParameterizedTest
    @CsvSource({ "https://acme.azurecr.io, login.microsoftonline.com, containerregistry.azure.net",
            "https://acme.azurecr.cn, login.chinacloudapi.cn, containerregistry.azure.cn",
            "https://acme.azurecr.us, login.microsoftonline.us, containerregistry.azure.us" })
    void each_cloud_has_its_authority_and_no_variable_changes_it(String url, String authority, String audience) {
        AzureCloud found = AzureCloud.of(registry(URI.create(url), RegistryCredential.NONE),
                Map.of("AZURE_AUTHORITY_HOST", "https://attacker.example"));
        assertThat(found).isEqualTo(new AzureCloud("https://" + authority, "https://" + audience));
        assertThat(found.isAt(WebUrl.parse("https://" + authority + "/t/oauth2/v2.0/token"))).isTrue();
        for (String other : List.of("http://" + authority, "https://" + authority + ":8443",
                "https://" + authority + ".attacker.example", "https://attacker.example")) {
            assertThat(found.isAt(WebUrl.parse(other + "/t"))).isFalse();
        }
    }

    private static RegistryCredential secret() {
        return application("client_secret", "client_secret", AzureFront.SECRET);
    }

    private static RegistryCredential application(String type, String field, String secret) {
        return new RegistryCredential(type, Map.of("tenant", AzureFront.TENANT, "client_id", AzureFront.CLIENT),
                Map.of(field, new Secret(secret)));
    }

    private RegistryConnection connect(RegistryCredential credential) {
        return new AzureAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS),
                Map.of("AZURE_AUTHORITY_HOST", this.entra.url()))
            .connect(registry(URI.create(this.cloud.url()), credential));
    }

    private Registry registry(URI url, RegistryCredential credential) {
        return new Registry(1, "azure", "", "azure-acr", url, false, credential, Map.of(), this.authority.pem(), null,
                0, Bandwidth.UNLIMITED, null);
    }

    private List<Artifact> artifacts(RegistryConnection connection) {
        try (Stream<Artifact> listed = connection.as(ContentRegistry.class)
            .source(this.repository, this.stop)
            .artifacts()) {
            return listed.toList();
        }
    }

    private Optional<String> delete(RegistryConnection connection, String tag, Image image) {
        return connection.as(ContentRegistry.class)
            .target(this.repository, this.stop)
            .delete(tag, image.digest(), (String _, Digest _) -> false);
    }

}
