package transfer.image;

import java.util.List;
import java.util.Set;

import fixtures.Images;
import fixtures.MemoryRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.Refusal;
import replication.execution.copy.Outcome;
import replication.policy.Filter;
import replication.policy.FilterKinds;
import transfer.Copying;
import transfer.filter.LatestFilter;
import transfer.filter.VersionFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Only the first tags of an order are replicated. */
class RankedTagsTest {

    private static final FilterKinds KINDS = new FilterKinds(List.of(LatestFilter.byTags(), new VersionFilter()));

    private static final Filter LATEST = Filter.matching("latest", "2");

    private static final Filter NO_TENTH = Filter.excluding("tag_regex", "1\\.10\\..*");

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    @BeforeEach
    void push() {
        for (String tag : List.of("1.2.0", "1.9.0", "1.10.0", "1.11.0", "2.0.0-rc.1", "latest")) {
            this.source.seed("app", tag, Images.image(tag.hashCode(), 10));
        }
    }

    @Test
    void filters_apply_in_their_order() {
        assertThat(references(LATEST)).containsExactlyInAnyOrder("2.0.0-rc.1", "1.11.0");
        assertThat(references(Filter.matching("tag_semver", "*"), LATEST)).containsExactlyInAnyOrder("1.11.0",
                "1.10.0");
        assertThat(references(NO_TENTH, Filter.matching("tag_semver", "1.x"), LATEST))
            .containsExactlyInAnyOrder("1.11.0", "1.9.0");
        assertThat(references(Filter.matching("tag_semver", "1.x"), LATEST, NO_TENTH)).containsExactly("1.11.0");
        assertThat(references(Filter.matching("latest", "3"), Filter.matching("latest", "1 by name")))
            .containsExactly("2.0.0-rc.1");
    }

    @Test
    void a_tag_that_an_event_names_is_replicated_if_it_is_among_the_first_of_all() {
        Copying copying = copying(LATEST).about(Set.of("1.2.0", "1.11.0"), Set.of());

        assertThat(copying.all("app")).extracting(Outcome::reference).containsExactly("1.11.0");
    }

    @Test
    void a_tag_that_is_no_longer_among_the_first_stays_where_it_is() {
        copying(LATEST).all("app");
        this.source.seed("app", "2.0.0", Images.image(77, 10));
        copying(LATEST).all("app");

        assertThat(this.destination.tags("app")).containsOnlyKeys("1.11.0", "2.0.0-rc.1", "2.0.0");
    }

    @Test
    void the_first_cannot_be_excluded() {
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> KINDS.check("filters[0]", Filter.excluding("latest", "2")))
            .withMessage("a latest filter can only match");
    }

    private List<String> references(Filter... filters) {
        return new Copying(this.source, new MemoryRegistry()).selecting(KINDS, filters)
            .all("app")
            .stream()
            .map(Outcome::reference)
            .toList();
    }

    private Copying copying(Filter... filters) {
        return new Copying(this.source, this.destination).selecting(KINDS, filters);
    }

}
