package transfer;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.Lie;
import fixtures.Lie.Way;
import fixtures.Lie.Word;
import fixtures.LyingSource;
import fixtures.MemoryRegistry;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A source that contradicts itself: the destination keeps what the policy has put there,
 * and the outcome says in one line why.
 */
class LyingSourceTest {

    private static final Image IMAGE = Images.image(1, 100);

    private static final Image NEWER = Images.image(2, 100);

    private final MemoryRegistry truth = new MemoryRegistry();

    private final MemoryRegistry past = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final Put put = new Put();

    static Stream<Row> rows() {
        Row row = new Row("", List.of(), Report.NOTHING, "");
        return Stream.of(
                row.of("a tag that is listed and denied", "lists it, but does not give it", deny("there", Way.HEAD),
                        deny("there", Way.GET)),
                row.of("a tag that is listed and whose repository is denied", "lists it, but does not give it",
                        deny("there", Way.HEAD), Lie.of(Way.GET, "there", Word.DENIES_REPOSITORY)),
                row.of("a tag that is listed, for which something else speaks", "lists it, but does not give it",
                        deny("there", Way.HEAD), Lie.of(Way.GET, "there", Word.SPEAKS_OTHERWISE)),
                row.of("a tag that is not listed and given", "does not list it, but gives it", deny("there", Way.LIST)),
                row.of("a tag that is neither listed nor found by HEAD, and given", "does not list it, but gives it",
                        deny("there", Way.LIST), deny("there", Way.HEAD)),
                row.of("a tag that is denied once", "does not list it, but gives it", deny("there", Way.LIST),
                        new Lie(Way.GET, "there", Word.DENIES, -1, 0, 3)),
                row.of("a list that names it again", "lists it, but does not give it", deny("there", Way.GET),
                        new Lie(Way.LIST, "there", Word.DENIES, -1, 0, 1)),
                row.of("a list that empties itself meanwhile", "lists no tags of the repository any more",
                        deny("there", Way.GET), new Lie(Way.LIST, "there", Word.DENIES, -1, 0, Integer.MAX_VALUE),
                        new Lie(Way.LIST, "other", Word.DENIES, -1, 2, Integer.MAX_VALUE)),
                row.of("a repository that is denied", "denies the whole repository", deny("there", Way.LIST),
                        Lie.of(Way.GET, "there", Word.DENIES_REPOSITORY)),
                row.of("a repository that is denied the second time", "denies the whole repository",
                        deny("there", Way.LIST), new Lie(Way.GET, "there", Word.DENIES, -1, 0, 3),
                        Lie.of(Way.GET, "there", Word.DENIES_REPOSITORY)),
                row.of("something else that speaks in its place", "does not say that the tag is unknown",
                        deny("there", Way.LIST), Lie.of(Way.GET, "there", Word.SPEAKS_OTHERWISE)),
                row.of("a push whose tag is denied", "no event has reported its deletion", deny("there", Way.HEAD),
                        deny("there", Way.GET), deny("there", Way.LIST))
                    .reported(Report.PUSH),
                row.of("a deletion of a tag that is listed", "lists it, but does not give it", deny("there", Way.HEAD),
                        deny("there", Way.GET))
                    .reported(Report.DELETION),
                row.of("a deletion of a tag that is given once", "the source has it", deny("there", Way.HEAD),
                        deny("there", Way.LIST), new Lie(Way.GET, "there", Word.DENIES, -1, 0, 3))
                    .reported(Report.DELETION),
                row.of("a deletion where nothing else is listed of what was put there",
                        "lists nothing else of what this policy has put there", deny("there", Way.HEAD),
                        deny("there", Way.GET), deny("there", Way.LIST), deny("other", Way.LIST),
                        Lie.of(Way.LIST, "foreign", Word.CLAIMS))
                    .reported(Report.DELETION),
                row.of("a deletion where nothing at all is listed", "lists no tags of the repository any more",
                        deny("there", Way.HEAD), deny("there", Way.GET), deny("there", Way.LIST),
                        deny("other", Way.LIST))
                    .reported(Report.DELETION));
    }

    private static Lie deny(String tag, Way way) {
        return Lie.of(way, tag, Word.DENIES);
    }

    private Copying copying(List<Lie> lies) {
        for (String tag : List.of("there", "other")) {
            this.truth.seed("app", tag, IMAGE);
            this.past.seed("app", tag, IMAGE);
            this.destination.seed("app", tag, IMAGE);
            this.put.tags.put(tag, IMAGE.digest().toString());
        }
        this.past.seed("app", "foreign", IMAGE);
        return new Copying(new LyingSource(this.truth, this.past, lies), this.destination).carryingDeletions(this.put);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void what_contradicts_itself_is_kept_and_told(Row row) {
        Copying copying = copying(row.lies());
        switch (row.reported()) {
            case NOTHING -> {
            }
            case PUSH -> copying.named("there");
            case DELETION -> copying.deleted("there");
        }
        List<Outcome> outcomes = copying.all("app");
        assertThat(outcomes).filteredOn((outcome) -> outcome.reference().equals("there"))
            .singleElement()
            .satisfies((outcome) -> {
                assertThat(outcome.result()).isEqualTo(Outcome.Result.KEPT);
                assertThat(outcome.reason()).contains(row.reason()).doesNotContain("\n");
            });
        assertThat(copying.log).anyMatch((line) -> line.startsWith("kept there ") && line.contains(row.reason()));
        assertThat(this.destination.tags("app")).containsOnlyKeys("there", "other");
        assertThat(this.destination.journal("DELETE")).isEmpty();
    }

    @Test
    void where_only_head_denies_the_tags_are_compared_and_copied_by_get() {
        Copying copying = copying(List.of(deny("there", Way.HEAD), deny("other", Way.HEAD), deny("new", Way.HEAD)));
        this.truth.seed("app", "new", NEWER);
        this.truth.seed("app", "other", NEWER);
        assertThat(copying.all("app")).containsExactlyInAnyOrder(
                Outcome.copied(new Subject.Tag("new"), NEWER.digest().toString(), 123),
                Outcome.copied(new Subject.Tag("other"), NEWER.digest().toString(), 0));
        assertThat(this.destination.tags("app")).isEqualTo(this.truth.tags("app"));
        assertThat(copying.log).filteredOn((line) -> line.contains("by HEAD")).hasSize(1);
        assertThat(copying.named("other").all("app")).isEmpty();
    }

    @Test
    void where_only_head_denies_a_push_that_is_told_is_copied() {
        Copying copying = copying(List.of(deny("there", Way.HEAD)));
        this.truth.seed("app", "there", NEWER);
        assertThat(copying.named("there").one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.tags("app")).containsEntry("there", NEWER.digest());
    }

    @Test
    void a_list_that_breaks_off_deletes_nothing() {
        Copying copying = copying(List.of(deny("there", Way.LIST), deny("there", Way.GET), deny("there", Way.HEAD),
                Lie.of(Way.LIST, "foreign", Word.FAILS)));
        assertThatThrownBy(() -> copying.all("app")).isInstanceOf(RegistryFailure.Transient.class);
        assertThat(this.destination.journal("DELETE")).isEmpty();
    }

    @Test
    void a_second_list_that_breaks_off_deletes_nothing_and_is_tried_again() {
        Copying copying = copying(List.of(deny("there", Way.LIST), deny("there", Way.GET), deny("there", Way.HEAD),
                new Lie(Way.LIST, "foreign", Word.FAILS, -1, 1, Integer.MAX_VALUE)));
        assertThat(copying.one("app")).satisfies((outcome) -> {
            assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
            assertThat(outcome.passing()).isTrue();
        });
        assertThat(this.destination.journal("DELETE")).isEmpty();
    }

    @Test
    void a_deletion_is_kept_where_the_source_may_not_be_listed() {
        Copying copying = copying(List.of(deny("there", Way.GET), deny("there", Way.HEAD)));
        this.truth.faults()
            .fail("GET tags", Integer.MAX_VALUE, () -> new RegistryFailure.Unauthorized("list the tags: 401"));
        assertThat(copying.deleted("there").one("app")).isEqualTo(Outcome.kept(new Subject.Tag("there"),
                IMAGE.digest().toString(), "whether the source still lists it is not known (list the tags: 401)"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2 })
    void a_list_that_is_not_whole_deletes_nothing(int nth) {
        Copying copying = copying(List.of());
        this.truth.untag("app", "there");
        AtomicInteger lists = new AtomicInteger();
        this.truth.faults().script("GET tags", Integer.MAX_VALUE, (_) -> {
            if (lists.incrementAndGet() == nth) {
                throw new RegistryFailure.Incomplete(
                        "list the tags: the list is not whole: 1 of its entries is no name");
            }
        });
        if (nth == 1) {
            assertThatThrownBy(() -> copying.all("app")).isInstanceOf(RegistryFailure.Incomplete.class);
        }
        else {
            assertThat(copying.one("app").reason()).contains("whether the source still lists it is not known",
                    "is not whole");
        }
        assertThat(this.destination.tags("app")).containsOnlyKeys("there", "other");
        // The next run finds both lists whole.
        assertThat(copying.all("app")).singleElement()
            .satisfies((outcome) -> assertThat(outcome.result()).isEqualTo(Outcome.Result.DELETED));
    }

    /** The event about the tag. */
    private enum Report {

        NOTHING, PUSH, DELETION

    }

    /** What the source says of a tag that it has, and why the tag is kept. */
    private record Row(String name, List<Lie> lies, Report reported, String reason) {

        Row of(String about, String why, Lie... what) {
            return new Row(about, List.of(what), this.reported, why);
        }

        Row reported(Report event) {
            return new Row(this.name, this.lies, event, this.reason);
        }

        @Override
        public String toString() {
            return this.name;
        }

    }

}
