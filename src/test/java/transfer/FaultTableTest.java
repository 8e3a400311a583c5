package transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fixtures.Asked;
import fixtures.Fault;
import fixtures.Image;
import fixtures.Images;
import fixtures.Mishap;
import fixtures.PlannedManners;
import fixtures.PlannedRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every fault at every kind of request, once: the copy is right, or it has failed with
 * one clear reason and the next is right.
 */
class FaultTableTest {

    private static final int MOST_REQUESTS = 80;

    private static final Image IMAGE = Images.twoPlatforms(1, 150_000);

    private static final Map<String, Map<String, Image>> ALL = Map.of("lib/one", Map.of("v1", IMAGE), "lib/two",
            Map.of("v1", IMAGE));

    private static final List<Asked> READS = List.of(Asked.TOKEN, Asked.TAGS, Asked.HEAD_MANIFEST, Asked.GET_MANIFEST,
            Asked.GET_BLOB);

    private static final List<Asked> WRITES = List.of(Asked.TOKEN, Asked.TAGS, Asked.HEAD_MANIFEST, Asked.HEAD_BLOB,
            Asked.OPEN_UPLOAD, Asked.MOUNT, Asked.LOOK_AT_UPLOAD, Asked.PATCH, Asked.COMMIT, Asked.PUT_MANIFEST);

    static Stream<Row> rows() {
        return Stream.concat(READS.stream().flatMap((asked) -> kinds(asked).map((fault) -> new Row("source", fault))),
                WRITES.stream().flatMap((asked) -> kinds(asked).map((fault) -> new Row("destination", fault))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void ends_with_a_right_copy_or_one_clear_failure(Row row) {
        try (FaultyCopy copy = row.open()) {
            copy.run(ALL.keySet());
            assertThat(copy.violations()).as(row::toString).isEmpty();
            assertThat(row.side(copy).struck()).contains(row.fault().toString());
            assertThat(copy.failures()).as(row::toString)
                .allSatisfy((failure) -> assertThat(failure).matches(row.expected()))
                .hasSizeLessThanOrEqualTo(1);
            assertThat(copy.whole(ALL)).as(row::toString).isEqualTo(copy.failures().isEmpty());
            assertThat(copy.source.count()).isLessThan(MOST_REQUESTS);
            assertThat(copy.destination.count()).isLessThan(MOST_REQUESTS);
            copy.run(ALL.keySet());
            assertThat(copy.failures()).as(row::toString).isEmpty();
            assertThat(copy.whole(ALL)).as(row::toString).isTrue();
            assertThat(copy.violations()).as(row::toString).isEmpty();
        }
    }

    private static Stream<Fault> kinds(Asked asked) {
        List<Fault> faults = new ArrayList<>();
        for (int status : new int[] { 408, 425, 429, 500, 502, 503, 504 }) {
            faults.add(Fault.first(asked, Mishap.STATUS, status));
        }
        for (Mishap mishap : List.of(Mishap.RETRY_AFTER_SECONDS, Mishap.RETRY_AFTER_DATE)) {
            faults.add(Fault.first(asked, mishap, (asked == Asked.COMMIT) ? 1 : 0));
        }
        for (int at : new int[] { 0, 15, 300, 100_000 }) {
            faults.add(Fault.first(asked, Mishap.RESET_IN_ANSWER, at));
        }
        for (int at : new int[] { 5, 11, 20, 30, 60, 110 }) {
            faults.add(Fault.first(asked, Mishap.END_IN_ANSWER, at));
        }
        for (Mishap mishap : List.of(Mishap.STALL_IN_ANSWER, Mishap.LOST_ANSWER, Mishap.HTML, Mishap.OTHER_HOST)) {
            faults.add(Fault.first(asked, mishap, 30));
        }
        if (asked != Asked.TOKEN) {
            faults.add(Fault.first(asked, Mishap.TOKEN_EXPIRED, 0));
        }
        switch (asked) {
            case TOKEN -> {
                faults.add(Fault.first(asked, Mishap.SHORT_BODY, 5));
                faults.add(Fault.first(asked, Mishap.STATUS, 404));
            }
            case TAGS -> faults.add(Fault.first(asked, Mishap.SHORT_BODY, 5));
            case GET_MANIFEST -> {
                faults.add(Fault.first(asked, Mishap.SHORT_BODY, 50));
                faults.add(Fault.first(asked, Mishap.WRONG_BYTE, 50));
                faults.add(Fault.first(asked, Mishap.NO_DIGEST, 0));
                faults.add(Fault.first(asked, Mishap.WRONG_DIGEST, 0));
            }
            case HEAD_MANIFEST, PUT_MANIFEST -> {
                faults.add(Fault.first(asked, Mishap.NO_DIGEST, 0));
                faults.add(Fault.first(asked, Mishap.WRONG_DIGEST, 0));
                faults.add(Fault.first(asked, Mishap.RESET_IN_REQUEST, 100));
                faults.add(Fault.first(asked, Mishap.STALL_IN_REQUEST, 100));
            }
            case GET_BLOB -> {
                faults.add(Fault.first(asked, Mishap.SHORT_BODY, 0));
                faults.add(Fault.first(asked, Mishap.SHORT_BODY, 70_000));
                faults.add(Fault.first(asked, Mishap.WRONG_BYTE, 149_999));
            }
            case PATCH, COMMIT -> {
                for (int at : new int[] { 0, 1, 70_000, 149_999 }) {
                    faults.add(Fault.first(asked, Mishap.RESET_IN_REQUEST, at));
                }
                faults.add(Fault.first(asked, Mishap.STALL_IN_REQUEST, 20));
                faults.add(Fault.first(asked, Mishap.SESSION_GONE, 0));
            }
            case LOOK_AT_UPLOAD -> faults.add(Fault.first(asked, Mishap.SESSION_GONE, 0));
            default -> {
            }
        }
        return faults.stream();
    }

    /** One line of the table. */
    record Row(String where, Fault fault) {

        FaultyCopy open() {
            List<Fault> destination = new ArrayList<>();
            if (goesOn()) {
                // What is gone on with, here whatever its size, must have broken before.
                for (int nth = 1; nth <= 8; nth++) {
                    destination.add(Fault.at(Asked.COMMIT, nth, Mishap.RESET_IN_REQUEST, 70_000));
                }
            }
            List<Fault> source = new ArrayList<>();
            (this.where.equals("source") ? source : destination).add(this.fault);
            PlannedManners manners = PlannedManners.careful().butCareless();
            // The source is asked for no digest of a tag that is to be copied anyway.
            String present = (this.fault.asked() == Asked.HEAD_MANIFEST) ? "v1" : "old";
            return new FaultyCopy(
                    new PlannedRegistry(PlannedManners.careful(), source).seed("lib/one", "v1", IMAGE)
                        .seed("lib/two", "v1", IMAGE),
                    new PlannedRegistry(manners, destination).seed("lib/one", present, Images.image(9, 10)),
                    goesOn() ? 1 : 100_000);
        }

        PlannedRegistry side(FaultyCopy copy) {
            return this.where.equals("source") ? copy.source : copy.destination;
        }

        /** What a failure says, where there may be one at all. */
        String expected() {
            return switch (this.fault.mishap()) {
                case STATUS -> (this.fault.number() == 404) ? "(?s).*get a token.* 404.*" : "none";
                case HTML -> "(?s).*(HTML|without a usable token).*";
                case OTHER_HOST -> "(?s).*get a token.* 307; such a redirect is not followed";
                // So many resets may be more than one blob is tried again.
                default -> goesOn() ? "(?s).*blob.* broke: .*" : "none";
            };
        }

        private boolean goesOn() {
            return this.fault.asked() == Asked.PATCH || this.fault.asked() == Asked.LOOK_AT_UPLOAD;
        }

        @Override
        public String toString() {
            return this.where + " " + this.fault;
        }

    }

}
