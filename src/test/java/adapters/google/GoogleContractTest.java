package adapters.google;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import adapters.AdapterContract;
import adapters.AdapterUnderTest;
import com.fasterxml.jackson.databind.node.NullNode;
import fixtures.Images;
import fixtures.Patience;
import fixtures.TestAuthority;
import fixtures.vendors.GoogleFront;
import fixtures.vendors.TlsFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import oci.model.StopSignal;
import org.junit.jupiter.api.io.TempDir;
import replication.bandwidth.Bandwidth;
import replication.event.EventPoll;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.UrlForm;

import static org.assertj.core.api.Assertions.assertThat;

class GoogleContractTest extends AdapterContract {

    private final GoogleFront cloud = new GoogleFront();

    private final TestAuthority authority = TestAuthority.create();

    private final Path folder;

    GoogleContractTest(@TempDir Path folder) {
        this.folder = folder;
        this.cloud.full = 40;
    }

    @Override
    public RegistryAdapter adapter() {
        return adapter(Map.of());
    }

    private RegistryAdapter adapter(Map<String, String> environment) {
        Map<String, String> whole = new HashMap<>(environment);
        whole.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB", this.cloud.url());
        GoogleAdapter adapter = new GoogleAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS), whole);
        return new Adapters(List.of(adapter), Map.of("google", List.of(new UrlForm("http://127.0.0.1:{port}"))))
            .of("google");
    }

    @Override
    public GoogleFront front() {
        return this.cloud;
    }

    @Override
    public Registry registry() {
        return new Registry(1, "google", "", "google", URI.create(this.cloud.url()), false,
                new RegistryCredential("service_account", Map.of(), Map.of("key", new Secret(this.cloud.key()))),
                Map.of(), this.authority.pem(), null, 0, Bandwidth.UNLIMITED, null);
    }

    @Override
    public String namespace() {
        return "team/apps";
    }

    @Override
    public void create(String repository) {
        this.cloud.created.put(namespace(), NullNode.getInstance());
    }

    @Override
    public String missing() {
        return "team/none/app" + NAMES.incrementAndGet();
    }

    @Override
    public int fullPage() {
        return this.cloud.full;
    }

    /** Ends the access token as well as what the registry gave for it. */
    @Override
    public void endCredentials() {
        this.cloud.access.endAll();
        this.cloud.tokens.endAll();
    }

    @Override
    public int fetches() {
        return this.cloud.access.issued();
    }

    @Override
    public void pollsEvents() {
        StopSignal stop = new StopSignal();
        String host = URI.create(this.cloud.url()).getAuthority();
        for (int i = 0; i < 5; i++) {
            this.cloud.publish("m" + i, Map.of("action", "INSERT", "tag", host + "/team/apps/app:v" + i));
        }
        try (RegistryConnection connection = adapter().connect(
                AdapterUnderTest.with(registry(), Map.of("subscription", "projects/team/subscriptions/drayage")))) {
            EventPoll poll = connection.as(EventPoll.class);
            List<EventPoll.Told> told = poll.read(stop);
            assertThat(told).isNotEmpty();
            assertThat(this.cloud.messages).as("kept until they are done").hasSize(5);
            for (; !told.isEmpty(); told = poll.read(stop)) {
                poll.done(told, stop);
            }
        }
        assertThat(this.cloud.messages).isEmpty();
    }

    @Override
    public void logsInByAmbience() {
        String repository = unused("ambient");
        push(repository, "v1", Images.image(1, 10));
        try (TlsFront sts = new TlsFront(this.authority, this.cloud.url())) {
            Path subject = Files.writeString(this.folder.resolve("token"), GoogleFront.SUBJECT);
            Path file = Files.writeString(this.folder.resolve("federation.json"),
                    GoogleFront.json(GoogleFront.federation(sts.url() + "/v1/token", subject.toString())));
            Registry registry = AdapterUnderTest.with(registry(), new RegistryCredential("google", Map.of(), Map.of()));
            try (RegistryConnection connection = adapter(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString()))
                .connect(registry)) {
                assertThat(AdapterUnderTest.artifacts(connection, repository)).hasSize(1);
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
