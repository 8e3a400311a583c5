package adapters.gitea;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.vendors.GiteaFront;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GiteaAdapterTest {

    private final GiteaFront gitea = new GiteaFront();

    private final RegistryConnection connection = new GiteaAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS))
        .connect(new Registry(1, "gitea", "", "gitea", URI.create(this.gitea.url()), false,
                RegistryCredential.basic(GiteaFront.USER, new Secret(GiteaFront.SECRET)), null, null, 0));

    private final StopSignal stop = new StopSignal();

    @BeforeEach
    void live() {
        // A token that does not tell its life is kept for a minute; this one tells.
        this.gitea.tokens.live(Duration.ofHours(24));
    }

    @AfterEach
    void close() {
        this.connection.close();
        this.gitea.close();
        assertThat(this.gitea.mistakes).isEmpty();
    }

    @Test
    void lists_repositories_by_the_catalog_and_pushes_to_any_depth_with_one_token_for_each_right() {
        push("team/app", "v1");
        push("team/deep/er/img", "v1");
        assertThat(names(RepositoryQuery.ALL)).containsExactly("team/app", "team/deep/er/img");
        assertThat(names(new RepositoryQuery.Catalog(List.of("team/deep")))).containsExactly("team/deep/er/img");
        push("team/app", "v2");

        try (Stream<String> tags = content().source("team/app", this.stop).tags()) {
            assertThat(tags).containsExactly("v1", "v2");
        }
        assertThat(this.gitea.tokens.issued()).isLessThanOrEqualTo(5);
        assertThat(this.gitea.apiLog).isEmpty();
    }

    @Test
    void deletes_one_tag_and_leaves_those_that_point_at_the_same() {
        Image image = Images.image(1, 100);
        List.of("v1", "v2").forEach((tag) -> this.gitea.push("team/app", tag, image));

        Optional<String> left = content().target("team/app", this.stop).delete("v1", image.digest());

        assertThat(left).isEmpty();
        assertThat(this.gitea.digests("team/app")).containsOnlyKeys("v2");
    }

    @Test
    void an_owner_that_does_not_exist_is_told_by_name_and_not_created() {
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> push("nobody/app", "v1"))
            .withMessageContaining("there is no user or organisation nobody at the registry")
            .satisfies((failure) -> assertThat(failure.reason().hint()).contains("dest_namespace"));
        assertThat(this.gitea.apiLog).containsExactly("GET /api/v1/users/nobody");
    }

    @Test
    void a_token_that_may_not_ask_for_users_gets_the_uploads_own_refusal() {
        this.gitea.readsUsers = false;
        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> push("nobody/app", "v1"))
            .withMessageContaining("nobody/app");
    }

    private ContentRegistry content() {
        return this.connection.as(ContentRegistry.class);
    }

    private List<String> names(RepositoryQuery query) {
        try (Stream<String> names = this.connection.repositories(query)) {
            return names.sorted().toList();
        }
    }

    private void push(String repository, String tag) {
        Images.image(1, 100).pushTo(content().target(repository, this.stop), tag);
    }

}
