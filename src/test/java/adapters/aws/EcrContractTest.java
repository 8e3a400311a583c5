package adapters.aws;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import adapters.AdapterContract;
import adapters.AdapterUnderTest;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.EcrFront;
import oci.Artifact;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Secret;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;
import replication.bandwidth.Bandwidth;
import replication.event.EventPoll;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.UrlForm;

import static org.assertj.core.api.Assertions.assertThat;

class EcrContractTest extends AdapterContract {

    private final EcrFront ecr = new EcrFront();

    private final RegistryAdapter adapter = new Adapters(
            List.of(new EcrAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS), Set.of())),
            Map.of("aws-ecr", List.of(new UrlForm("http://127.0.0.1:{port}"))))
        .of("aws-ecr");

    EcrContractTest() {
        this.ecr.most = fullPage();
    }

    @Override
    public RegistryAdapter adapter() {
        return this.adapter;
    }

    @Override
    public EcrFront front() {
        return this.ecr;
    }

    @Override
    public Registry registry() {
        return new Registry(1, "ecr", "", "aws-ecr", URI.create(this.ecr.url()), false,
                RegistryCredential.basic(EcrFront.KEY, new Secret(EcrFront.SECRET)),
                Map.of("account", EcrFront.ACCOUNT, "region", "eu-central-1", "api", this.ecr.apiUrl()), null, null, 0,
                Bandwidth.UNLIMITED, null);
    }

    @Override
    public String verifiedAgainst() {
        return "fake; emulator: moto";
    }

    @Override
    public int fullPage() {
        return 10;
    }

    @Override
    public void create(String repository) {
        this.ecr.create(repository);
    }

    /**
     * A page has so many images, each with all its tags: a list is longer than a page
     * only if there are many images.
     */
    @Override
    public List<String> push(String repository, int tags, Image image) {
        if (tags <= fullPage() || tags > 2 * fullPage()) {
            return super.push(repository, tags, image);
        }
        create(repository);
        List<String> names = IntStream.range(0, tags).mapToObj((i) -> "v" + i).toList();
        IntStream.range(0, tags).forEach((i) -> this.ecr.push(repository, names.get(i), Images.image(1000 + i, 10)));
        return names;
    }

    /** The API's requests are signed, so that a list goes on without the token. */
    @Test
    @Override
    public void one_that_ends_in_the_middle_of_a_list_is_renewed_once() {
        String repository = unused("listed");
        List<String> tags = push(repository, fullPage() + 1, Images.image(21, 10));
        try (RegistryConnection connection = connect();
                Stream<Artifact> listed = AdapterUnderTest.source(connection, repository).artifacts()) {
            Iterator<Artifact> artifacts = listed.iterator();
            artifacts.next();
            endCredentials();
            int before = fetches();
            artifacts.forEachRemaining((_) -> {
            });
            assertThat(AdapterUnderTest.source(connection, repository).head(tags.getLast())).isPresent();
            assertThat(fetches()).isEqualTo(before + 1);
        }
    }

    @Override
    public void pollsEvents() {
        this.ecr.queue.clear();
        push(unused("event"), "v1", Images.image(61, 10));
        Registry registry = AdapterUnderTest.with(registry(), Map.of("queue_url", this.ecr.queueUrl()));
        StopSignal stop = new StopSignal();
        try (RegistryConnection connection = this.adapter.connect(registry)) {
            EventPoll poll = connection.as(EventPoll.class);
            List<EventPoll.Told> told = poll.read(stop);
            assertThat(told).hasSize(1);
            poll.done(told, stop);
        }
        assertThat(this.ecr.queue).isEmpty();
    }

    @Override
    public void logsInByAmbience() {
        System.setProperty("aws.ec2MetadataServiceEndpoint", this.ecr.apiUrl());
        try (RegistryConnection connection = this.adapter
            .connect(AdapterUnderTest.with(registry(), new RegistryCredential("aws", Map.of(), Map.of())))) {
            connection.check();
        }
        finally {
            System.clearProperty("aws.ec2MetadataServiceEndpoint");
        }
    }

}
