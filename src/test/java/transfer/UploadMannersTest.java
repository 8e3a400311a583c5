package transfer;

import java.util.List;
import java.util.Map;

import fixtures.Asked;
import fixtures.Fault;
import fixtures.Image;
import fixtures.Images;
import fixtures.Mishap;
import fixtures.PlannedManners;
import fixtures.PlannedRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replication.registry.HostRecords;

import static org.assertj.core.api.Assertions.assertThat;

/** Registries that take blobs in one way only. */
class UploadMannersTest {

    private static final Image IMAGE = Images.image(1, 300_000);

    private static final Map<String, Map<String, Image>> ALL = Map.of("app", Map.of("v1", IMAGE));

    private final UploadManners manners = new UploadManners(new HostRecords());

    private final String host = "https://registry:443";

    @ParameterizedTest
    @ValueSource(ints = { 405, 413, 501 })
    void what_is_refused_whole_is_sent_in_pieces(int refusal) {
        PlannedManners chunksOnly = PlannedManners.careful().chunksOnly(refusal, 0);
        try (FaultyCopy copy = copy(chunksOnly, List.of())) {
            copy.run(ALL.keySet());
            assertThat(copy.failures()).isEmpty();
            assertThat(copy.whole(ALL)).isTrue();
            assertThat(copy.destination.count(Asked.PATCH)).isEqualTo(IMAGE.blobs().size());
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
        PlannedManners neither = new PlannedManners(false, false, false, 405, 405, 0, List.of());
        try (FaultyCopy copy = copy(neither, List.of())) {
            copy.run(ALL.keySet());
            assertThat(copy.failures()).singleElement().asString().contains("push", "405");
            assertThat(copy.destination.count()).isLessThan(30);
            assertThat(copy.destination.openSessions()).isZero();
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
        while (this.manners.refusedPiece(this.host, this.manners.piece(this.host), true)) {
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
