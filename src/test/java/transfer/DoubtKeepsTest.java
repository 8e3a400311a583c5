package transfer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import fixtures.Image;
import fixtures.Images;
import fixtures.Lie;
import fixtures.LyingSource;
import fixtures.MemoryRegistry;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import oci.model.RegistryFailure;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sources that lie by HEAD, by GET, by list, by one of two replicas, for a time: the
 * destination never loses a tag that a list of the source named, nor one whose absence
 * was not confirmed twice. A longer run: {@code -Djqwik.tries.default=20000}.
 */
class DoubtKeepsTest {

    private static final List<String> TAGS = List.of("v0", "v1", "v2", "v3");

    private static final List<Image> IMAGES = List.of(Images.image(0, 10), Images.image(1, 10), Images.image(2, 10),
            Images.image(3, 10));

    @Property(tries = 3000, shrinking = ShrinkingMode.BOUNDED)
    void nothing_is_lost_that_is_listed_or_whose_absence_is_not_confirmed_twice(@ForAll("tags") Set<String> gone,
            @ForAll("lies") List<Lie> lies, @ForAll("replicas") List<Integer> replicas,
            @ForAll("tags") Set<String> named, @ForAll("tags") Set<String> deleted) {
        Run run = new Run(gone, lies, replicas);
        Set<String> lost = run.lost(named, deleted);
        for (String tag : lost) {
            assertThat(run.source.said()).as("a list named %s", tag)
                .noneMatch((said) -> said.way() == Lie.Way.LIST && said.gives(tag));
            assertThat(run.source.said()).as("%s was given", tag)
                .noneMatch((said) -> said.way() == Lie.Way.GET && said.gives(tag));
            assertThat(denials(run, Lie.Way.GET, tag)).as("%s was denied by GET", tag).isGreaterThanOrEqualTo(2);
            assertThat(denials(run, Lie.Way.LIST, tag)).as("lists without %s", tag)
                .isGreaterThanOrEqualTo(named.isEmpty() ? 2 : 1);
        }
        if (!named.isEmpty()) {
            Set<String> told = new HashSet<>(named);
            told.retainAll(deleted);
            assertThat(told).as("whose deletion was told").containsAll(lost);
            assertThat(lost).isNotEqualTo(Set.copyOf(TAGS));
        }
    }

    /** So that it is not by never deleting anything that the other holds. */
    @Property(tries = 200)
    void what_has_gone_from_an_honest_source_goes(@ForAll("tags") Set<String> gone) {
        Run run = new Run(gone, List.of(), List.of(0));
        assertThat(run.lost(Set.of(), Set.of())).isEqualTo((gone.size() < TAGS.size()) ? gone : Set.of());
    }

    @Property(tries = 200)
    void what_an_honest_source_has_told_goes(@ForAll("tags") Set<String> gone, @ForAll("tags") Set<String> named,
            @ForAll("tags") Set<String> deleted) {
        Set<String> expected = new TreeSet<>(named);
        expected.retainAll(deleted);
        expected.retainAll(gone);
        if (!named.isEmpty()) {
            Run run = new Run(gone, List.of(), List.of(0));
            assertThat(run.lost(named, deleted)).isEqualTo((gone.size() < TAGS.size()) ? expected : Set.of());
        }
    }

    private static long denials(Run run, Lie.Way way, String tag) {
        return run.source.said().stream().filter((said) -> said.way() == way && said.denies(tag)).count();
    }

    @Provide
    Arbitrary<Set<String>> tags() {
        return Arbitraries.of(TAGS).set().ofMaxSize(TAGS.size());
    }

    @Provide
    Arbitrary<List<Lie>> lies() {
        Arbitrary<Lie.Word> words = Arbitraries.of(Lie.Word.DENIES, Lie.Word.DENIES, Lie.Word.DENIES, Lie.Word.DENIES,
                Lie.Word.CLAIMS, Lie.Word.CLAIMS, Lie.Word.DENIES_REPOSITORY, Lie.Word.SPEAKS_OTHERWISE,
                Lie.Word.FAILS);
        return Combinators
            .combine(Arbitraries.of(Lie.Way.values()), Arbitraries.of(TAGS), words, Arbitraries.of(-1, -1, 0, 1),
                    Arbitraries.integers().between(0, 12), Arbitraries.of(1, 2, 4, 8, 100))
            .as((way, tag, word, replica, from, length) -> new Lie(way, tag, word, replica, (from > 8) ? 0 : from,
                    from + length))
            .list()
            .ofMaxSize(8);
    }

    /** Which of the two serves the next request. */
    @Provide
    Arbitrary<List<Integer>> replicas() {
        return Arbitraries.of(0, 1).list().ofMinSize(1).ofMaxSize(12);
    }

    /** One execution, of a source that has lost some tags of those that were copied. */
    private static final class Run {

        final LyingSource source;

        private final MemoryRegistry destination = new MemoryRegistry();

        private final Put put = new Put();

        Run(Set<String> gone, List<Lie> lies, List<Integer> replicas) {
            MemoryRegistry truth = new MemoryRegistry();
            MemoryRegistry past = new MemoryRegistry();
            for (int i = 0; i < TAGS.size(); i++) {
                String tag = TAGS.get(i);
                past.seed("app", tag, IMAGES.get(i));
                this.destination.seed("app", tag, IMAGES.get(i));
                this.put.tags.put(tag, IMAGES.get(i).digest().toString());
                if (!gone.contains(tag)) {
                    truth.seed("app", tag, IMAGES.get(i));
                }
            }
            this.source = new LyingSource(truth, past, lies, (number) -> replicas.get(number % replicas.size()));
        }

        /** What the destination has lost after the execution. */
        Set<String> lost(Set<String> named, Set<String> deleted) {
            Copying copying = new Copying(this.source, this.destination).carryingDeletions(this.put)
                .about(named, deleted);
            try {
                copying.all("app");
            }
            catch (RegistryFailure.Transient _) {
                // A list has broken off.
            }
            Set<String> left = this.destination.tags("app").keySet();
            return TAGS.stream().filter((tag) -> !left.contains(tag)).collect(Collectors.toCollection(TreeSet::new));
        }

    }

}
