package transfer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import fixtures.Asked;
import fixtures.Fault;
import fixtures.Image;
import fixtures.Images;
import fixtures.Mishap;
import fixtures.PlannedManners;
import fixtures.PlannedRegistry;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any images, any plan of faults on both sides: no wrong byte is ever under a digest, and
 * when the plan has ended the next copy is right. A longer run:
 * {@code -Djqwik.tries.default=2000}.
 */
class FaultPlanTest {

    /** Enough that each round of faults costs no attempt twice. */
    private static final int MOST_FAULTS = 8;

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void never_a_wrong_byte_and_right_once_the_plan_has_ended(
            @ForAll("content") Map<String, Map<String, Image>> content, @ForAll("sourcePlans") List<Fault> source,
            @ForAll("destinationPlans") List<Fault> destination, @ForAll("manners") PlannedManners manners,
            @ForAll("resumeFrom") long resumeFrom) {
        PlannedRegistry from = new PlannedRegistry(PlannedManners.careful(), source);
        content.forEach((repository, tags) -> tags.forEach((tag, image) -> from.seed(repository, tag, image)));
        PlannedRegistry to = new PlannedRegistry(manners.fresh(), destination);
        try (FaultyCopy copy = new FaultyCopy(from, to, resumeFrom)) {
            copy.run(content.keySet());
            assertThat(copy.violations()).isEmpty();
            if (copy.failures().isEmpty()) {
                assertThat(copy.whole(content)).isTrue();
            }
            from.calm();
            to.calm();
            copy.run(content.keySet());
            assertThat(copy.failures()).isEmpty();
            assertThat(copy.violations()).isEmpty();
            assertThat(copy.whole(content)).isTrue();
        }
    }

    @Provide
    Arbitrary<Map<String, Map<String, Image>>> content() {
        Arbitrary<Map<String, Image>> tags = images().list().ofMinSize(1).ofMaxSize(4).map((images) -> {
            Map<String, Image> named = new TreeMap<>();
            images.forEach((image) -> named.put("v" + named.size(), image));
            return named;
        });
        return tags.list().ofMinSize(1).ofMaxSize(2).map((repositories) -> {
            Map<String, Map<String, Image>> named = new TreeMap<>();
            repositories.forEach((each) -> named.put("lib/app" + named.size(), each));
            return named;
        });
    }

    /** Of a few layers, so that images share some. */
    private static Arbitrary<Image> images() {
        Arbitrary<byte[]> layers = Combinators
            .combine(Arbitraries.longs().between(1, 4), Arbitraries.of(0, 1, 700, 20_000, 131_072, 300_000))
            .as(Images::bytes);
        Arbitrary<Image> plain = Combinators
            .combine(Arbitraries.longs().between(1, 9), layers.list().ofMinSize(0).ofMaxSize(3))
            .as((seed, bytes) -> Images.ofLayers(seed, bytes.toArray(byte[][]::new)));
        Arbitrary<Image> indexes = plain.list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map((children) -> Images.index(children.toArray(Image[]::new)));
        return Arbitraries.oneOf(plain, plain, indexes);
    }

    @Provide
    Arbitrary<List<Fault>> sourcePlans() {
        return plans(Asked.TOKEN, Asked.TAGS, Asked.HEAD_MANIFEST, Asked.GET_MANIFEST, Asked.GET_BLOB, Asked.GET_BLOB,
                Asked.GET_BLOB);
    }

    @Provide
    Arbitrary<List<Fault>> destinationPlans() {
        return plans(Asked.TOKEN, Asked.TAGS, Asked.HEAD_MANIFEST, Asked.HEAD_BLOB, Asked.OPEN_UPLOAD, Asked.MOUNT,
                Asked.LOOK_AT_UPLOAD, Asked.PATCH, Asked.COMMIT, Asked.COMMIT, Asked.PUT_MANIFEST, Asked.CANCEL);
    }

    private static Arbitrary<List<Fault>> plans(Asked... kinds) {
        return Combinators
            .combine(Arbitraries.of(kinds), Arbitraries.integers().between(1, 4), Arbitraries.of(Mishap.values()),
                    Arbitraries.integers().between(0, 300_000))
            .as((asked, nth, mishap, number) -> Fault.at(asked, nth, mishap, sensible(mishap, number)))
            // A tag of another name is one, for all that anybody can see.
            .filter((fault) -> fault.asked() != Asked.TAGS || fault.mishap() != Mishap.WRONG_BYTE)
            .list()
            .ofMaxSize(MOST_FAULTS);
    }

    private static int sensible(Mishap mishap, int number) {
        return switch (mishap) {
            case STATUS -> List.of(408, 425, 429, 500, 502, 503, 504).get(number % 7);
            case RETRY_AFTER_SECONDS, RETRY_AFTER_DATE -> 0;
            case DRIP -> number % 3;
            default -> number;
        };
    }

    @Provide
    Arbitrary<PlannedManners> manners() {
        PlannedManners careful = PlannedManners.careful();
        return Arbitraries.of(careful, careful.butCareless(), careful.butForgetful(), careful.decliningMounts(),
                careful.butCareless().butForgetful(), careful.chunksOnly(405, 0), careful.wholeOnly(405),
                careful.butCareless().chunksOnly(501, 1000));
    }

    @Provide
    Arbitrary<Long> resumeFrom() {
        return Arbitraries.of(1000L, 100_000L, 16L * 1024 * 1024);
    }

}
