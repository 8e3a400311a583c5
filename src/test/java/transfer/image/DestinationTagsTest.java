package transfer.image;

import java.util.List;

import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.execution.copy.Outcome;
import transfer.Copying;
import transfer.Put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the policy has put there need not be listed. */
@Timeout(60)
class DestinationTagsTest {

    private static final List<String> TAGS = List.of("v1", "v2", "v3");

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final Put put = new Put();

    private final Copying copying = new Copying(this.source, this.destination).carryingDeletions(this.put);

    private final Image image = Images.image(1, 100);

    @BeforeEach
    void fill() {
        for (String tag : TAGS) {
            this.source.seed("app", tag, this.image);
            this.put.tags.put(tag, this.image.digest().toString());
        }
    }

    private void there() {
        TAGS.forEach((tag) -> this.destination.seed("app", tag, this.image));
    }

    @Test
    void tags_that_it_has_put_there_cost_a_head_each_and_no_listing() {
        there();
        assertThat(this.copying.all("app")).isEmpty();
        assertThat(this.destination.journal()).containsExactlyInAnyOrder("HEAD manifest app v1", "HEAD manifest app v2",
                "HEAD manifest app v3");
        assertThat(this.source.journal()).hasSize(4);
    }

    @Test
    void a_tag_that_it_has_not_put_there_is_looked_up_in_the_listing() {
        there();
        this.source.seed("app", "v4", this.image);
        this.source.seed("app", "v5", this.image);
        assertThat(this.copying.all("app")).extracting(Outcome::reference).containsExactlyInAnyOrder("v4", "v5");
        assertThat(this.destination.journal("GET tags")).hasSize(1);
        assertThat(this.destination.journal("HEAD manifest app v5")).isEmpty();
    }

    @Test
    void where_the_destination_has_lost_everything_only_one_tag_is_asked_for() {
        assertThat(this.copying.all("app")).extracting(Outcome::result).containsOnly(Outcome.Result.COPIED).hasSize(3);
        assertThat(this.destination.journal("HEAD")).hasSize(1);
        assertThat(this.destination.journal("GET tags")).hasSize(1);
        assertThat(this.destination.tags("app")).isEqualTo(this.source.tags("app"));
    }

    @Test
    void where_some_have_gone_they_come_back() {
        this.destination.seed("app", "v1", this.image);
        assertThat(this.copying.all("app")).extracting(Outcome::reference).containsExactlyInAnyOrder("v2", "v3");
        assertThat(this.destination.tags("app")).isEqualTo(this.source.tags("app"));
    }

    @Test
    void a_listing_with_digests_is_taken_rather_than_many_heads() {
        there();
        this.destination.listingDigests(100);
        assertThat(this.copying.all("app")).isEmpty();
        assertThat(this.destination.journal()).containsExactly("GET digests app 0");
    }

    @Test
    void a_destination_that_does_not_answer_fails_whoever_needs_it() {
        this.put.tags.clear();
        this.destination.faults().fail("GET tags", 1, () -> new RegistryFailure.Transient("list tags: 500", null));
        assertThatThrownBy(() -> this.copying.all("app")).hasMessageContaining("list tags: 500");
    }

}
