package transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.FaultyRegistry;
import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import fixtures.PlannedManners;
import fixtures.PlannedRegistry;
import fixtures.Registered;
import fixtures.Reply;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import replication.execution.copy.Outcome;
import transfer.pace.TransferSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes with another digest than its own is read anew at once, twice at most, and
 * nothing of it is ever committed.
 */
@Timeout(60)
class SpoiltBytesTest {

    private static final Image SMALL = Images.image(1, 1000);

    private static final Image LARGE = Images.image(2, 3_000_000);

    private static final Image INDEX = Images.twoPlatforms(3, 1000);

    private static final String OTHER = "(?s).*: the source has other content: each of 3 reads brought sha256:[0-9a-f]{64} instead of sha256:[0-9a-f]{64}.*, so nothing was committed";

    private static final String SPOILT = "(?s).*: it is spoilt on its way: 3 reads brought sha256:[0-9a-f]{64}, sha256:[0-9a-f]{64}, sha256:[0-9a-f]{64}, so nothing was committed";

    private final FaultyRegistry source = new FaultyRegistry();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    private final RemoteRegistry from = RemoteRegistry.connect(Registered.at(this.source.url()).access(),
            FaultyCopy.HASTY, this.limits);

    @AfterEach
    void close() {
        this.from.close();
        this.source.close();
    }

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Thing thing : Thing.values()) {
            rows.add(new Row(thing, "is right", List.of(), ""));
            rows.add(new Row(thing, "is flipped once", List.of(7), ""));
            rows.add(new Row(thing, "is flipped twice alike", List.of(7, 7), ""));
            rows.add(new Row(thing, "is flipped twice", List.of(7, 90), ""));
            rows.add(new Row(thing, "is flipped each time alike", List.of(7, 7, 7), OTHER));
            rows.add(new Row(thing, "is flipped each time", List.of(7, 90, 41), SPOILT));
            rows.add(new Row(thing, "is flipped twice alike and once more", List.of(7, 7, 41), SPOILT));
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void is_read_anew_and_judged_by_what_came(Row row) {
        Image image = row.thing().image();
        serve(image);
        String path = row.thing().path();
        byte[] right = row.thing().bytes();
        List<Reply> replies = new ArrayList<>();
        if (row.thing().pieces()) {
            // The first try shows that it is to be sent in pieces.
            replies.add(row.thing().reply(right));
        }
        int before = replies.size();
        row.flips().forEach((position) -> replies.add(row.thing().reply(flipped(right, position))));
        replies.add(row.thing().reply(right));
        this.source.on("GET", path, replies.toArray(Reply[]::new));
        PlannedManners manners = row.thing().pieces() ? PlannedManners.careful().chunksOnly(405, 0)
                : PlannedManners.careful();
        try (PlannedRegistry destination = new PlannedRegistry(manners, List.of());
                RemoteRegistry to = RemoteRegistry.connect(Registered.at(destination.url()).access(), FaultyCopy.HASTY,
                        this.limits)) {
            Copying copying = new Copying(this.from, to,
                    new TransferSettings(4, 4, 0, 256 * 1024, 100_000, 64 * 1024, 8, 1000, Copying.FAST));
            Outcome outcome = copying.one("app");
            assertThat(destination.wrong()).isEmpty();
            assertThat(this.source.requests("GET", path)).hasSize(before + Math.min(3, row.flips().size() + 1));
            if (row.reason().isEmpty()) {
                assertThat(outcome.result()).as(outcome.reason()).isEqualTo(Outcome.Result.COPIED);
                assertThat(destination.holds("app", "v1", image)).isTrue();
            }
            else {
                assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
                assertThat(outcome.reason()).matches(row.reason());
                assertThat(outcome.hint()).isNotEmpty();
                assertThat(outcome.passing()).as("may pass").isEqualTo(row.reason().equals(SPOILT));
                assertThat(destination.digest("app", "v1")).isEmpty();
            }
            if (row.thing().blob()) {
                assertThat(copying.log).filteredOn((line) -> line.contains("it is read anew at once"))
                    .hasSize(Math.min(2, row.flips().size()));
                assertThat(destination.openSessions()).isZero();
            }
        }
    }

    @Test
    void what_the_destination_says_was_altered_is_sent_again_at_once() {
        MemoryRegistry right = new MemoryRegistry();
        right.seed("app", "v1", SMALL);
        assertThat(to((destination) -> refuse(destination, 2), right).result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(to((destination) -> refuse(destination, 3), right)).satisfies((outcome) -> {
            assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
            assertThat(outcome.reason()).contains("DIGEST_INVALID", "so it was answered 3 times");
        });
    }

    @Test
    void a_manifest_that_arrived_as_another_is_put_again_at_once() {
        MemoryRegistry right = new MemoryRegistry();
        right.seed("app", "v1", SMALL);
        Reply other = Reply.status(201).header("Docker-Content-Digest", Digest.sha256(new byte[1]).toString());
        Reply invalid = Reply.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        assertThat(to((destination) -> putting(destination, other, invalid, Reply.status(201)), right).result())
            .isEqualTo(Outcome.Result.COPIED);
        assertThat(to((destination) -> putting(destination, other), right).reason()).contains("the registry stored",
                "so it was answered 3 times");
    }

    private static Outcome to(Consumer<FaultyRegistry> manners, MemoryRegistry source) {
        try (FaultyRegistry destination = new FaultyRegistry();
                RemoteRegistry to = RemoteRegistry.connect(Registered.at(destination.url()).access(), FaultyCopy.HASTY,
                        new HostLimits(LimitSizes.DEFAULTS))) {
            destination.on("POST", "/v2/app/blobs/uploads/",
                    Reply.status(202).header("Location", "/v2/app/blobs/uploads/one"));
            destination.on("PUT", "/v2/app/blobs/uploads/one", Reply.status(201));
            destination.on("PUT", "/v2/app/manifests/v1", Reply.status(201));
            manners.accept(destination);
            return new Copying(source, to).one("app");
        }
    }

    private static void refuse(FaultyRegistry destination, int times) {
        Reply invalid = Reply.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        // The image has two blobs, each of which is refused as often.
        destination.on("PUT", "/v2/app/blobs/uploads/one",
                Stream
                    .concat(IntStream.range(0, (times == 3) ? 20 : times).mapToObj((_) -> invalid),
                            Stream.of(Reply.status(201)))
                    .toArray(Reply[]::new));
    }

    private static void putting(FaultyRegistry destination, Reply... replies) {
        destination.on("PUT", "/v2/app/manifests/v1", replies);
    }

    private void serve(Image image) {
        this.source.on("GET", "/v2/app/tags/list", Reply.json("{\"name\": \"app\", \"tags\": [\"v1\"]}"));
        this.source.on("GET", manifest("v1"), Reply.of(image.manifest()));
        Stream.concat(Stream.of(image), image.children().stream()).forEach((each) -> {
            this.source.on("GET", manifest(each.digest().toString()), Reply.of(each.manifest()));
            each.blobs().forEach((blob, bytes) -> this.source.on("GET", blob(blob.digest()), Reply.bytes(bytes)));
        });
    }

    private static byte[] flipped(byte[] content, int position) {
        byte[] wrong = content.clone();
        wrong[position] ^= 1;
        return wrong;
    }

    private static String manifest(String reference) {
        return "/v2/app/manifests/" + reference;
    }

    private static String blob(Digest digest) {
        return "/v2/app/blobs/" + digest;
    }

    /** What is spoilt. */
    private enum Thing {

        SMALL_BLOB, LARGE_BLOB, BLOB_IN_PIECES, MANIFEST_BY_DIGEST, MANIFEST_BY_TAG;

        Image image() {
            return switch (this) {
                case SMALL_BLOB, MANIFEST_BY_TAG -> SMALL;
                case LARGE_BLOB, BLOB_IN_PIECES -> LARGE;
                case MANIFEST_BY_DIGEST -> INDEX;
            };
        }

        boolean blob() {
            return this != MANIFEST_BY_DIGEST && this != MANIFEST_BY_TAG;
        }

        boolean pieces() {
            return this == BLOB_IN_PIECES;
        }

        private Image holder() {
            return image().children().isEmpty() ? image() : image().children().getFirst();
        }

        private Map.Entry<Descriptor, byte[]> layer() {
            return image().blobs()
                .entrySet()
                .stream()
                .max(Comparator.comparing((entry) -> entry.getKey().size()))
                .orElseThrow();
        }

        String path() {
            if (blob()) {
                return SpoiltBytesTest.blob(layer().getKey().digest());
            }
            return manifest((this == MANIFEST_BY_TAG) ? "v1" : holder().digest().toString());
        }

        byte[] bytes() {
            return blob() ? layer().getValue() : holder().manifest().bytes();
        }

        Reply reply(byte[] bytes) {
            Reply plain = Reply.bytes(bytes);
            return blob() ? plain : plain.header("Content-Type", holder().manifest().mediaType())
                .header("Docker-Content-Digest", holder().digest().toString());
        }

    }

    private record Row(Thing thing, String what, List<Integer> flips, String reason) {

        @Override
        public String toString() {
            return this.thing + " " + this.what;
        }

    }

}
