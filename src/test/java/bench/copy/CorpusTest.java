package bench.copy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the benchmark's judgement rests on. */
class CorpusTest {

    @Test
    void the_fewest_requests_are_those_that_were_promised() {
        assertThat(Corpus.ALL.stream().limit(4).map(CorpusTest::cold)).containsExactly("big 14 / 22",
                "small 620 / 1120", "tags 2001 / 3501", "shared 315 / 565");
        Corpus tags = Corpus.ALL.get(2);
        assertThat(tags.sourceFloor(State.UNCHANGED)).isEqualTo(501);
        assertThat(tags.destinationFloor(State.UNCHANGED)).isEqualTo(501);
    }

    private static String cold(Corpus corpus) {
        return "%s %d / %d".formatted(corpus.name(), corpus.sourceFloor(State.COLD),
                corpus.destinationFloor(State.COLD));
    }

    @Test
    void a_layer_has_the_same_bytes_however_it_is_read_and_begins_as_gzip_does() throws IOException {
        byte[] whole = new Layer(7, 1001).content().readAllBytes();
        assertThat(new Layer(7, 1001).content().readNBytes(500)).isEqualTo(Arrays.copyOf(whole, 500));
        assertThat(whole).hasSize(1001)
            .startsWith(0x1F, 0x8B, 0x08)
            .isNotEqualTo(new Layer(8, 1001).content().readAllBytes());
    }

    @Test
    void requests_are_told_by_what_they_are_and_the_check_of_the_connection_apart() {
        Traffic traffic = Traffic.of(List.of(line("GET /v2/", 200, 2), line("GET /v2/a/tags/list?n=100", 200, 30),
                line("POST /v2/a/blobs/uploads/?mount=sha256:aa&from=b", 201, 0),
                line("PATCH /v2/a/blobs/uploads/7?_state=x", 202, 0), line("GET /v2/a/blobs/sha256:aa", 200, 500)), 9);
        assertThat(traffic.requests()).containsOnlyKeys("GET tags/list 200", "POST mount 201", "PATCH upload 202",
                "GET blobs 200");
        assertThat(traffic.apart()).containsOnlyKeys("GET ping 200");
        assertThat(traffic.count()).isEqualTo(4);
        assertThat(traffic.sent()).isEqualTo(532);
    }

    private static String line(String request, int status, int bytes) {
        return "127.0.0.1 - - [24/Nov/2026:02:00:00 +0000] \"%s HTTP/1.1\" %d %d \"\" \"agent\"".formatted(request,
                status, bytes);
    }

}
