package adapters.aws;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import fixtures.ForwardProxy;
import fixtures.vendors.EcrFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.net.HttpSettings;
import oci.net.ProxyEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replication.bandwidth.Bandwidth;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Logins without a stored key, as AWS's SDK finds them on the machine. */
class AwsIdentityTest {

    private static final HttpSettings HTTP = new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(10),
            Duration.ofSeconds(10), 1, Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(5));

    private final EcrFront ecr = new EcrFront();

    private final Map<String, @Nullable String> before = new HashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void machine() {
        property("aws.configFile", this.folder.resolve("config").toString());
        property("aws.sharedCredentialsFile", this.folder.resolve("credentials").toString());
        property("aws.disableEc2Metadata", "true");
        property("aws.endpointUrlSts", this.ecr.apiUrl());
    }

    @AfterEach
    void end() {
        this.before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            }
            else {
                System.setProperty(name, value);
            }
        });
        this.ecr.close();
        assertThat(this.ecr.mistakes).isEmpty();
    }

    @Test
    void an_instance_role_logs_in_and_assumes_another_role_by_its_external_id() {
        instance();

        check(Map.of(), HTTP);
        assertThat(this.ecr.operations).containsSubsequence("imds", "ecr:GetAuthorizationToken")
            .doesNotContain("sts:AssumeRole");

        this.ecr.operations.clear();
        check(Map.of("role_arn", EcrFront.ROLE, "external_id", EcrFront.EXTERNAL_ID), HTTP);
        assertThat(this.ecr.operations).containsSubsequence("imds", "sts:AssumeRole", "ecr:GetAuthorizationToken");
    }

    @Test
    void a_role_that_asks_for_an_external_id_is_not_assumed_without_it() {
        instance();

        assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
            .isThrownBy(() -> check(Map.of("role_arn", EcrFront.ROLE), HTTP))
            .withMessageContaining("sts:AssumeRole")
            .matches((failure) -> failure.reason().hint().contains("external_id"));
    }

    @Test
    void sts_that_is_away_may_come_back() {
        instance();
        property("aws.endpointUrlSts", "http://127.0.0.1:1");

        assertThatExceptionOfType(RegistryFailure.Transient.class)
            .isThrownBy(() -> check(Map.of("role_arn", EcrFront.ROLE), HTTP))
            .withMessageContaining("127.0.0.1:1");
    }

    @Test
    void a_projected_token_of_kubernetes_logs_in() throws IOException {
        webIdentity();

        check(Map.of(), HTTP);

        assertThat(this.ecr.operations).containsExactly("sts:AssumeRoleWithWebIdentity", "ecr:GetAuthorizationToken");
    }

    @Test
    void sts_that_is_away_from_a_projected_token_may_come_back() throws IOException {
        webIdentity();
        property("aws.endpointUrlSts", "http://127.0.0.1:1");

        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> check(Map.of(), HTTP))
            .withMessageContaining("127.0.0.1:1");
    }

    @Test
    void a_projected_token_that_sts_refuses_does_not_come_back() throws IOException {
        webIdentity();
        property("aws.roleArn", EcrFront.ROLE + "-of-others");

        assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> check(Map.of(), HTTP));
    }

    @Test
    void an_agent_of_the_container_that_is_away_may_come_back() {
        property("aws.containerCredentialsFullUri", "http://127.0.0.1:1/v1/credentials");

        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> check(Map.of(), HTTP))
            .withMessageContaining("log in to AWS");
    }

    @Test
    void sts_is_asked_through_the_proxy_that_registries_are() throws IOException {
        webIdentity();
        try (ForwardProxy proxy = ForwardProxy.open()) {
            int port = URI.create(this.ecr.apiUrl()).getPort();
            property("aws.endpointUrlSts", "https://sts.example:" + port);
            // The fake speaks no TLS; that the request goes there is the point.
            assertThatExceptionOfType(RegistryFailure.class).isThrownBy(() -> check(Map.of(), HTTP
                .through(ProxyEnvironment.of(Map.of("HTTPS_PROXY", "http://" + proxy.host(), "HTTP_PROXY", "")))));
            assertThat(proxy.passed()).contains("sts.example:" + port);
        }
    }

    @Test
    void a_profile_is_read_from_the_file_of_the_operator() throws IOException {
        Files.writeString(this.folder.resolve("config"), """
                [profile source]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                [profile ci]
                role_arn = %s
                source_profile = source
                external_id = %s
                region = eu-central-1
                """.formatted(EcrFront.KEY, EcrFront.SECRET, EcrFront.ROLE, EcrFront.EXTERNAL_ID));

        check(Map.of("profile", "ci"), HTTP);

        assertThat(this.ecr.operations).containsExactly("sts:AssumeRole", "ecr:GetAuthorizationToken");
    }

    @Test
    void a_temporary_key_is_sent_with_its_session() {
        instance();
        check(Map.of(), HTTP);
        String id = "ASIAEXAMPLE00001";

        try (RegistryConnection connection = connect(new RegistryCredential("basic", Map.of("access_key", id), Map
            .of("access_secret", new Secret("secret-of-" + id), "session_token", new Secret("session-of-" + id))),
                HTTP)) {
            connection.check();
        }
    }

    @Test
    void a_machine_that_has_no_login_says_where_it_was_looked_for() {
        assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> check(Map.of(), HTTP))
            .withMessageContaining("log in to AWS")
            .withMessageContaining("InstanceProfileCredentialsProvider")
            .matches((failure) -> failure.reason().hint().contains("IRSA"));
    }

    private void instance() {
        property("aws.disableEc2Metadata", "false");
        property("aws.ec2MetadataServiceEndpoint", this.ecr.apiUrl());
    }

    private void webIdentity() throws IOException {
        property("aws.webIdentityTokenFile",
                Files.writeString(this.folder.resolve("token"), "projected-token").toString());
        property("aws.roleArn", EcrFront.ROLE);
    }

    private void check(Map<String, String> values, HttpSettings http) {
        try (RegistryConnection connection = connect(new RegistryCredential("aws", values, Map.of()), http)) {
            connection.check();
        }
    }

    private RegistryConnection connect(RegistryCredential credential, HttpSettings http) {
        Map<String, Object> settings = Map.of("account", EcrFront.ACCOUNT, "region", "eu-central-1", "api",
                this.ecr.apiUrl());
        return new EcrAdapter(http, new HostLimits(LimitSizes.DEFAULTS), Set.of("ci"))
            .connect(new Registry(0, "ecr", "", "aws-ecr", URI.create(this.ecr.url()), false, credential, settings,
                    null, null, 0, Bandwidth.UNLIMITED, null));
    }

    private void property(String name, String value) {
        String old = System.setProperty(name, value);
        if (!this.before.containsKey(name)) {
            this.before.put(name, old);
        }
    }

}
