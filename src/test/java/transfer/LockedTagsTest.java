package transfer;

import java.util.List;

import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.execution.copy.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/** What a destination refuses to change is kept and told, and sends nothing. */
class LockedTagsTest {

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry().listingDigests(100);

    private final Image before = Images.image(1, 100);

    private final Image after = Images.image(2, 100);

    private final Put put = new Put();

    @BeforeEach
    void lock() {
        this.source.seed("app", "open", this.after);
        this.source.seed("app", "shut", this.after);
        this.destination.seed("app", "open", this.before);
        this.destination.seed("app", "shut", this.before);
        this.destination.lock("app", "shut");
    }

    @Test
    void a_locked_tag_that_differs_is_kept_and_nothing_is_sent_for_it() {
        List<Outcome> outcomes = new Copying(this.source, this.destination).all("app");
        assertThat(outcomes).hasSize(2);
        assertThat(outcome(outcomes, "open").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(outcome(outcomes, "shut").result()).isEqualTo(Outcome.Result.KEPT);
        assertThat(outcome(outcomes, "shut").reason()).isEqualTo(
                "the destination has %s, the source %s; the destination has locked the tag and refuses to change it"
                    .formatted(this.before.digest(), this.after.digest()));
        assertThat(this.destination.journal("PUT manifest app shut")).isEmpty();
    }

    @Test
    void a_plan_tells_the_same() {
        List<Outcome> outcomes = new Copying(this.source, this.destination).planning().all("app");
        assertThat(outcome(outcomes, "open").result()).isEqualTo(Outcome.Result.WOULD_COPY);
        assertThat(outcome(outcomes, "shut").result()).isEqualTo(Outcome.Result.KEPT);
    }

    @Test
    void a_locked_tag_that_an_event_names_is_kept_after_its_refusal() {
        List<Outcome> outcomes = new Copying(this.source, this.destination).named("shut").all("app");
        assertThat(outcomes).singleElement().satisfies((outcome) -> {
            assertThat(outcome.result()).isEqualTo(Outcome.Result.KEPT);
            assertThat(outcome.reason()).endsWith("the destination has locked the tag and refuses to change it");
        });
    }

    @Test
    void a_locked_tag_that_has_gone_from_the_source_is_not_deleted() {
        this.source.untag("app", "shut");
        this.put.tags.put("shut", this.before.digest().toString());
        List<Outcome> outcomes = new Copying(this.source, this.destination).carryingDeletions(this.put).all("app");
        assertThat(outcome(outcomes, "shut").result()).isEqualTo(Outcome.Result.KEPT);
        assertThat(outcome(outcomes, "shut").reason())
            .isEqualTo("the destination has locked the tag and refuses to change it");
        assertThat(this.destination.journal("DELETE")).isEmpty();
    }

    @Test
    void a_locked_tag_that_is_equal_is_unchanged() {
        this.source.seed("app", "shut", this.before);
        assertThat(new Copying(this.source, this.destination).all("app")).extracting(Outcome::reference)
            .containsExactly("open");
    }

    private static Outcome outcome(List<Outcome> outcomes, String tag) {
        return outcomes.stream().filter((each) -> each.reference().equals(tag)).findFirst().orElseThrow();
    }

}
