package store;

import java.net.URI;
import java.util.List;

import fixtures.PolicyBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.policy.Policy;
import replication.registry.Health;
import replication.registry.Registry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a policy has put from one source is not deleted because another source lacks it.
 */
class PlacementDoubtTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static final Fixture FIXTURE = new Fixture();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private final Policy policy = FIXTURE.policy();

    @Test
    void a_policy_with_another_source_knows_no_digests_any_more() {
        place();
        long other = FIXTURE.registries.insert(Fixture.registry(FIXTURE.newName("other")), Health.UNKNOWN)
            .registry()
            .id();
        FIXTURE.policies
            .update(changed(other, this.policy.source().namespaces(), this.policy.destination().namespace()));
        assertThat(known()).isZero();
    }

    @ParameterizedTest
    @CsvSource({ "team, mirror, 0", "library, elsewhere, 0", "library, mirror, 1" })
    void a_policy_with_another_mapping_knows_none_either(String namespace, String destination, long known) {
        place();
        FIXTURE.policies.update(changed(this.policy.source().registryId(), List.of(namespace), destination));
        assertThat(known()).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({ "true, https://moved.example, 0", "false, https://moved.example, 0", "true, HTTPS://%s:443/, 1",
            "true, https://%s/other, 0" })
    void a_registry_that_is_another_place_makes_doubtful_what_came_from_it_or_went_to_it(boolean source, String url,
            long known) {
        place();
        Registry saved = FIXTURE.registries
            .find(source ? this.policy.source().registryId() : this.policy.destination().registryId())
            .orElseThrow()
            .registry();
        FIXTURE.registries.update(new Registry(saved.id(), saved.name(), "", "oci",
                URI.create(url.formatted(saved.url().getHost())), false, saved.credential(), null, null, 0),
                Health.UNKNOWN);
        assertThat(known()).isEqualTo(known);
    }

    private Policy changed(long source, List<String> namespaces, String destination) {
        return PolicyBuilder.of(this.policy)
            .source(source, namespaces)
            .destination(this.policy.destination().registryId(), destination)
            .build();
    }

    private void place() {
        FIXTURE.test.jdbc()
            .sql("INSERT INTO placement (policy_id, registry_id, repository, tag, digest, execution_id, time)"
                    + " VALUES (?, ?, 'mirror/app', 'v1', ?, 1, now())")
            .params(this.policy.id(), this.policy.destination().registryId(), DIGEST)
            .update();
    }

    private long known() {
        return FIXTURE.count("SELECT count(*) FROM placement WHERE digest <> '' AND policy_id = " + this.policy.id());
    }

}
