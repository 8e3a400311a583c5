package transfer.blob;

import java.util.List;
import java.util.Map;

import fixtures.Asked;
import fixtures.Fault;
import fixtures.Image;
import fixtures.Images;
import fixtures.Mishap;
import fixtures.PlannedManners;
import fixtures.PlannedRegistry;
import oci.model.HostRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import transfer.FaultyCopy;

import static org.assertj.core.api.Assertions.assertThat;

/** Registries that take blobs in one way only. */
class UploadCapabilitiesTest {

    private static final Image IMAGE = Images.image(1, 300_000);

    private static final Map<String, Map<String, Image>> ALL = Map.of("app", Map.of("v1", IMAGE));

    private final UploadCapabilities manners = new UploadCapabilities(new HostRecords(), 32 << 20);

    private final String host = "https://registry:443";

    @ParameterizedTest
    @ValueSource(ints = { 405, 413, 501 })
    void what_is_refused_whole_is_sent_in_pieces(int refusal) {
        PlannedManners chunksOnly = PlannedManners.careful().chunksOnly(refusal, 0);
        try (FaultyCopy copy = copy(chunksOnly, List.of())) {
            copy.run(ALL.keySet());
            assertThat(copy.failures()).isEmpty();
            assertThat(copy.whole(ALL)).isTrue();
            // Of 64 KiB each: five of the layer, one of the config.
            assertThat(copy.destination.count(Asked.PATCH)).isEqualTo(6);
            assertThat(copy.destination.openSessions()).isZero();
        }
    }

    @Test
    void what_is_refused_in_pieces_is_sent_whole() {
        PlannedManners wholeOnly = PlannedManners.careful().butForgetful().wholeOnly(405);
        List<Fault> broken = List.of(Fault.at(Asked.COMMIT, 1, Mishap.RESET_IN_REQUEST, 20),
                Fault.at(Asked.COMMIT, 2, Mishap.RESET_IN_REQUEST, 20));
        try (FaultyCopy copy = copy(wholeOnly, broken)) {
            copy.run(ALL.keySet());
            assertThat(copy.failures()).isEmpty();
            assertThat(copy.whole(ALL)).isTrue();
            assertThat(copy.destination.count(Asked.PATCH)).isPositive();
            assertThat(copy.destination.openSessions()).isZero();
        }
    }

    @Test
    void what_is_refused_either_way_fails_with_one_reason() {
        PlannedManners neither = new PlannedManners(false, false, false, 405, 405, 0, false, List.of());
        try (FaultyCopy copy = copy(neither, List.of())) {
            copy.run(ALL.keySet());
            assertThat(copy.failures()).singleElement().asString().contains("push", "405");
            assertThat(copy.destination.count()).isLessThan(30);
            assertThat(copy.destination.openSessions()).isZero();
        }
    }

    /** Some answer so to pieces although they are none of these things. */
    @ParameterizedTest
    @ValueSource(ints = { 400, 404, 416, 500 })
    void pieces_that_bring_nothing_are_not_tried_for_ever(int refusal) {
        List<Fault> broken = List.of(Fault.at(Asked.COMMIT, 1, Mishap.RESET_IN_REQUEST, 20),
                Fault.at(Asked.COMMIT, 2, Mishap.RESET_IN_REQUEST, 20));
        for (PlannedManners manners : List.of(PlannedManners.careful(), PlannedManners.careful().butForgetful())) {
            try (FaultyCopy copy = copy(manners.wholeOnly(refusal), broken)) {
                copy.run(ALL.keySet());
                assertThat(copy.failures()).as(manners::toString).isEmpty();
                assertThat(copy.whole(ALL)).isTrue();
                assertThat(copy.destination.count(Asked.PATCH)).isPositive();
                assertThat(copy.destination.openSessions()).isZero();
            }
        }
    }

    @Test
    void a_registry_that_drops_all_pieces_but_the_first_gets_it_whole() {
        List<Fault> broken = List.of(Fault.at(Asked.COMMIT, 1, Mishap.RESET_IN_REQUEST, 20),
                Fault.at(Asked.COMMIT, 2, Mishap.RESET_IN_REQUEST, 20));
        for (PlannedManners manners : List.of(PlannedManners.careful().droppingPieces(),
                PlannedManners.careful().butForgetful().droppingPieces())) {
            try (FaultyCopy copy = copy(manners, broken)) {
                copy.run(ALL.keySet());
                assertThat(copy.failures()).as(manners::toString).isEmpty();
                assertThat(copy.whole(ALL)).isTrue();
                assertThat(copy.destination.count(Asked.PATCH)).isPositive();
            }
        }
    }

    @Test
    void pieces_that_can_become_no_smaller_are_refused_once() {
        assertThat(this.manners.refusedPiece(this.host, 10_000_000, 10_000_000)).isFalse();
        PlannedManners proxied = new PlannedManners(false, false, false, 405, 413, 10_000_000, false, List.of());
        try (FaultyCopy copy = copy(proxied, List.of())) {
            copy.run(ALL.keySet());
            assertThat(copy.failures()).singleElement().asString().contains("413");
            assertThat(copy.destination.count()).isLessThan(30);
        }
    }

    @Test
    void where_only_the_answer_to_the_commit_is_lost_nothing_is_sent_again() {
        List<Fault> lost = List.of(Fault.at(Asked.COMMIT, 1, Mishap.LOST_ANSWER, 0),
                Fault.at(Asked.COMMIT, 2, Mishap.LOST_ANSWER, 0));
        try (FaultyCopy copy = copy(PlannedManners.careful(), lost)) {
            copy.run(ALL.keySet());
            assertThat(copy.failures()).isEmpty();
            assertThat(copy.whole(ALL)).isTrue();
            assertThat(copy.destination.count(Asked.COMMIT)).isEqualTo(2);
            assertThat(copy.destination.count(Asked.PATCH)).isZero();
        }
    }

    @Test
    void the_largest_that_was_refused_is_kept_in_mind() {
        assertThat(this.manners.inPieces(this.host, 1000, false)).isFalse();
        assertThat(this.manners.refusedWhole(this.host, 1000, true)).isTrue();
        assertThat(this.manners.inPieces(this.host, 1000, false)).isTrue();
        assertThat(this.manners.inPieces(this.host, 999, false)).isFalse();
    }

    @Test
    void pieces_become_smaller_until_there_is_no_use_in_it() {
        int tries = 0;
        while (this.manners.refusedPiece(this.host, this.manners.piece(this.host), 0)) {
            tries++;
        }
        assertThat(tries).isBetween(2, 8);
        assertThat(this.manners.piece(this.host)).isEqualTo(256 * 1024);
    }

    @Test
    void one_that_forgets_is_not_sent_pieces_until_it_has_kept_one() {
        assertThat(this.manners.inPieces(this.host, 1000, true)).isTrue();
        this.manners.lost(this.host);
        assertThat(this.manners.inPieces(this.host, 1000, true)).isFalse();
        this.manners.kept(this.host);
        assertThat(this.manners.inPieces(this.host, 1000, true)).isTrue();
    }

    private static FaultyCopy copy(PlannedManners manners, List<Fault> plan) {
        PlannedRegistry source = new PlannedRegistry().seed("app", "v1", IMAGE);
        return new FaultyCopy(source, new PlannedRegistry(manners, plan), 1);
    }

}
