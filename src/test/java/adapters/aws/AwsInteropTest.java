package adapters.aws;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fixtures.Images;
import fixtures.Patience;
import fixtures.PythonTools;
import fixtures.vendors.EcrFront;
import oci.http.SdkHttp;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryAccess;
import oci.model.StopSignal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.event.EventPoll;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * AWS's SDK for Python speaks to our fake, and our adapter to moto, an emulator: neither
 * is made by us. moto knows repositories, STS, the metadata server and SQS; its digests
 * and pages are not ECR's, so that those are proven by the fake alone.
 */
@Tag("interop")
@Timeout(600)
class AwsInteropTest {

    private final PythonTools python = PythonTools.of("aws");

    private final StopSignal stop = new StopSignal();

    @Test
    void the_sdk_of_aws_understands_the_fake_and_signs_as_it_checks() throws IOException {
        try (EcrFront ecr = new EcrFront()) {
            ecr.create("seeded/app");
            IntStream.range(0, 5).forEach((i) -> ecr.push("seeded/app", "v" + i, Images.image(i + 1, 10)));
            ecr.most = 2;

            JsonNode found = new JsonMapper().readTree(this.python.script("ecr.py", ecr.apiUrl(), EcrFront.KEY,
                    EcrFront.SECRET, EcrFront.ACCOUNT, EcrFront.ROLE, EcrFront.EXTERNAL_ID, ecr.queueUrl()));

            assertThat(found.toString())
                .isEqualTo("{\"created\":\"sdk/app\",\"again\":\"RepositoryAlreadyExistsException\","
                        + "\"missing\":\"RepositoryNotFoundException\",\"repositories\":[\"sdk/app\",\"seeded/app\"],"
                        + "\"images\":[\"v0\",\"v1\",\"v2\",\"v3\",\"v4\"],\"token\":true,\"failures\":[\"ImageNotFound\"],"
                        + "\"events\":[\"DELETE\",\"PUSH\"],\"assumed\":true}");
            assertThat(ecr.queue).isEmpty();
            assertThat(ecr.mistakes).isEmpty();
        }
    }

    @Test
    void the_adapter_speaks_to_an_emulator_of_aws() throws IOException {
        int port = freePort();
        String url = "http://127.0.0.1:" + port;
        Process moto = this.python.start("moto_server", "-H", "127.0.0.1", "-p", String.valueOf(port));
        Map<String, String> properties = Map.of("aws.ec2MetadataServiceEndpoint", url, "aws.endpointUrlSts", url);
        properties.forEach(System::setProperty);
        try {
            Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> answers(url));
            for (Map<String, String> login : List.of(Map.<String, String>of(),
                    Map.of("role_arn", EcrFront.ROLE, "external_id", EcrFront.EXTERNAL_ID))) {
                speaksTo(url, new RegistryCredential("aws", login, Map.of()), "team/app" + login.size());
            }
        }
        finally {
            properties.keySet().forEach(System::clearProperty);
            moto.destroy();
        }
    }

    private void speaksTo(String url, RegistryCredential login, String repository) {
        RegistryAccess access = new RegistryAccess(0, URI.create(url), "", CredentialSource.of(new Credential.None()),
                false, null, null, 0);
        HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);
        try (SdkHttp logins = new SdkHttp(access, (_) -> true, Patience.SHORT, limits)) {
            AwsIdentity identity = AwsIdentity.of(login, "eu-central-1", logins);
            EcrApi api = new EcrApi(AwsApi.at(access, identity, "ecr", "eu-central-1",
                    "AmazonEC2ContainerRegistry_V20150921", "1.1", Patience.SHORT, limits), AwsApi.object());
            api.create(EcrApi.of(repository).put("imageTagMutability", "IMMUTABLE"), this.stop);
            api.create(EcrApi.of(repository), this.stop);
            try (Stream<JsonNode> all = api.list("DescribeRepositories", AwsApi.object(), "repositories", this.stop)) {
                assertThat(all).filteredOn((each) -> each.path("repositoryName").asText().equals(repository))
                    .singleElement()
                    .satisfies((each) -> assertThat(each.path("imageTagMutability").asText()).isEqualTo("IMMUTABLE"));
            }
            assertThat(api.delete(repository, "nothing", this.stop)).isEmpty();
            assertThat(api.token(this.stop).credential()).isInstanceOf(Credential.Basic.class);

            AwsApi sqs = AwsApi.at(access, identity, "sqs", "eu-central-1", "AmazonSQS", "1.0", Patience.SHORT, limits);
            String queue = sqs.call("CreateQueue", AwsApi.object().put("QueueName", "events"), this.stop)
                .path("QueueUrl")
                .asText();
            sqs.call("SendMessage", AwsApi.object().put("QueueUrl", queue).put("MessageBody", "{\"a\": 1}"), this.stop);
            EcrQueue events = new EcrQueue(sqs, queue, "", "eu-central-1");
            List<EventPoll.Told> told = events.read(this.stop);
            assertThat(told).singleElement()
                .satisfies((each) -> assertThat(new String(each.delivery().body(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"a\": 1}"));
            events.done(told, this.stop);
            assertThat(events.read(this.stop)).isEmpty();
        }
    }

    private static boolean answers(String url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(url + "/moto-api/").toURL().openConnection();
        return connection.getResponseCode() == 200;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

}
