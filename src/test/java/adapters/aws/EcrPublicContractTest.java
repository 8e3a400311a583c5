package adapters.aws;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import adapters.AdapterContract;
import adapters.AdapterUnderTest;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.EcrFront;
import fixtures.vendors.EcrPublicFront;
import oci.Artifact;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.junit.jupiter.api.Test;
import replication.bandwidth.Bandwidth;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;
import replication.registry.UrlForm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EcrPublicContractTest extends AdapterContract {

    private final EcrPublicFront ecr = new EcrPublicFront();

    private final RegistryAdapter adapter = new Adapters(
            List.of(new EcrPublicAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS), Set.of())),
            Map.of("aws-ecr-public", List.of(new UrlForm("http://127.0.0.1:{port}"))))
        .of("aws-ecr-public");

    EcrPublicContractTest() {
        this.ecr.most = fullPage();
    }

    @Override
    public RegistryAdapter adapter() {
        return this.adapter;
    }

    @Override
    public EcrPublicFront front() {
        return this.ecr;
    }

    @Override
    public Registry registry() {
        return new Registry(1, "gallery", "", "aws-ecr-public", URI.create(this.ecr.url()), false,
                RegistryCredential.basic(EcrFront.KEY, new Secret(EcrFront.SECRET)), Map.of("api", this.ecr.apiUrl()),
                null, null, 0, Bandwidth.UNLIMITED, null);
    }

    @Override
    public String namespace() {
        return EcrPublicFront.ALIAS;
    }

    @Override
    public String missing() {
        return namespace() + "/new" + NAMES.incrementAndGet() + "/app";
    }

    @Override
    public int fullPage() {
        return 10;
    }

    @Override
    public void create(String repository) {
        this.ecr.create(repository);
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

    @Test
    void a_repository_of_others_is_read_without_the_api_and_not_written() {
        String theirs = "docker/library/app" + NAMES.incrementAndGet();
        push(theirs, "v1", Images.image(71, 10));
        try (RegistryConnection connection = connect()) {
            assertThat(AdapterUnderTest.artifacts(connection, theirs)).extracting(Artifact::tag).containsExactly("v1");
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> Images.image(72, 10)
                    .pushTo(AdapterUnderTest.target(connection, "docker/new" + NAMES.incrementAndGet()), "v1"))
                .matches((failure) -> failure.reason().hint().contains(EcrPublicFront.ALIAS));
        }
    }

    @Test
    void everybody_reads_by_name_and_lists_nothing() {
        String repository = unused("open");
        push(repository, "v1", Images.image(73, 10));
        int before = this.ecr.operations.size();
        try (RegistryConnection connection = this.adapter
            .connect(AdapterUnderTest.with(registry(), RegistryCredential.NONE))) {
            connection.check();
            assertThat(AdapterUnderTest.artifacts(connection, repository)).hasSize(1);
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> connection.repositories(RepositoryQuery.ALL))
                .withMessageContaining("no login");
        }
        assertThat(this.ecr.operations).hasSize(before);
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
