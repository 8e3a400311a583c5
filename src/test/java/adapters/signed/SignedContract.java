package adapters.signed;

import java.net.URI;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import adapters.AdapterContract;
import adapters.AdapterUnderTest;
import fixtures.Images;
import fixtures.vendors.SignedFront;
import oci.Artifact;
import oci.model.Secret;
import org.junit.jupiter.api.Test;
import replication.bandwidth.Bandwidth;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.UrlForm;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract for a cloud whose API is signed. */
public abstract class SignedContract extends AdapterContract {

    private static final int PAGE = 20;

    private final SignedFront front;

    private final RegistryAdapter adapter;

    private final Map<String, Object> settings;

    /**
     * A contract.
     * @param settings those that the fake needs, besides the place of its API
     */
    protected SignedContract(SignedFront front, RegistryAdapter adapter, Map<String, Object> settings) {
        this.front = front;
        this.front.pageCap = PAGE;
        String identity = adapter.info().identity();
        this.adapter = new Adapters(List.of(adapter), Map.of(identity, List.of(new UrlForm("http://127.0.0.1:{port}"))))
            .of(identity);
        this.settings = settings;
    }

    @Override
    public RegistryAdapter adapter() {
        return this.adapter;
    }

    @Override
    public SignedFront front() {
        return this.front;
    }

    @Override
    public Registry registry() {
        Map<String, Object> all = new HashMap<>(this.settings);
        all.put("api", this.front.apiUrl());
        return new Registry(1, "cloud", "", this.adapter.info().identity(), URI.create(this.front.url()), false,
                RegistryCredential.basic(SignedFront.ID, new Secret(SignedFront.SECRET)), all, null, null, 0,
                Bandwidth.UNLIMITED, null);
    }

    @Override
    public int fullPage() {
        return PAGE;
    }

    @Override
    public void endCredentials() {
        this.front.tokens.endAll();
        this.front.logins.endAll();
    }

    @Override
    public int fetches() {
        return this.front.logins.issued();
    }

    /** The API's requests are signed, so that a list goes on without the login. */
    @Test
    @Override
    public void one_that_ends_in_the_middle_of_a_list_is_renewed_once() {
        String repository = unused("listed");
        List<String> tags = push(repository, fullPage() + 1, Images.image(21, 10));
        try (RegistryConnection connection = connect();
                Stream<Artifact> listed = AdapterUnderTest.source(connection, repository).artifacts()) {
            connection.check();
            Iterator<Artifact> artifacts = listed.iterator();
            artifacts.next();
            endCredentials();
            int before = fetches();
            artifacts.forEachRemaining((_) -> {
            });
            assertThat(fetches()).isEqualTo(before);
            assertThat(AdapterUnderTest.source(connection, repository).head(tags.getLast())).isPresent();
            assertThat(fetches()).isEqualTo(before + 1);
        }
    }

}
