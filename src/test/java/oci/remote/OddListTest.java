package oci.remote;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Lists that hold what they must not: the good names go on, the others are told. */
class OddListTest {

    static final String TAGS = "/v2/lib/app/tags/list";

    static final String CATALOG = "/v2/_catalog";

    final FaultyRegistry faulty = new FaultyRegistry();

    final RemoteRegistry registry = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(), Patience.SHORT,
            new HostLimits(LimitSizes.DEFAULTS));

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    static Stream<Arguments> odd_entries() {
        return Stream.of(arguments("null", "1 of its entries is no name: null"),
                arguments("\"a\\u0000b\"", "1 of its entries is no name: \"a\uFFFDb\""),
                arguments("\"\\u001b[31mred\"", "1 of its entries is no name: \"\uFFFD[31mred\""),
                arguments("\"x\\r\\nERROR forged\"", "1 of its entries is no name: \"x ERROR forged\""),
                arguments("\"a\\u202eb\"", "1 of its entries is no name: \"a\uFFFDb\""),
                arguments("\"\"", "1 of its entries is no name: \"\""),
                arguments("7, 1e5", "2 of its entries are no names: 7, 1e5"), arguments("[\"v1\"]", "a list"),
                arguments("{\"name\": \"v1\"}", "an object"), arguments("\"..\"", "\"..\""),
                arguments("null, null, null", "3 of its entries are no names: null"),
                arguments('"' + "t".repeat(300) + '"', "\"" + "t".repeat(59) + "…\""));
    }

    @ParameterizedTest
    @MethodSource("odd_entries")
    void what_is_no_name_is_told_after_the_good_ones(String entries, String told) {
        this.faulty.on("GET", TAGS, Reply.json("{\"tags\": [\"a\", %s, \"b\"]}".formatted(entries)));
        this.faulty.on("GET", CATALOG, Reply.json("{\"repositories\": [\"a\", %s, \"b\"]}".formatted(entries)));

        Read tags = read(tags());
        assertThat(tags.names()).containsExactly("a", "b");
        assertThat(tags.failure()).isInstanceOf(RegistryFailure.Incomplete.class)
            .hasMessageStartingWith(
                    "list the tags of %s/lib/app: the list is not whole: ".formatted(this.faulty.host()))
            .hasMessageContaining(told);
        Read repositories = read(this.registry.repositories());
        assertThat(repositories.names()).containsExactly("a", "b");
        assertThat(repositories.failure()).hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "'x'|65536", "'x/'|20000", "'-'|255", "'a/'|127" })
    void a_name_of_any_length_takes_no_stack(String part, int times) {
        this.faulty.on("GET", CATALOG,
                Reply.json("{\"repositories\": [\"a\", \"%s\", \"b\"]}".formatted(part.repeat(times))));

        Read repositories = read(this.registry.repositories());
        assertThat(repositories.names()).containsExactly("a", "b");
        assertThat(repositories.failure()).hasMessageContaining("1 of its entries is no name")
            .satisfies((failure) -> assertThat(failure.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void a_name_comes_once() {
        this.faulty.on("GET", TAGS, Reply.json("{\"tags\": [\"a\", \"a\", \"b\"]}").header("Link", next("b")),
                Reply.json("{\"tags\": [\"b\", \"c\", \"a\"]}"));
        assertThat(tags()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            value = { "</v2/lib/app/tags/list?last=a>", "/v2/lib/app/tags/list?last=a; rel=\"next\"",
                    "?last=a;rel=next", "<?last=a>; title=\"a, b; rel=x\"; REL = Next",
                    "</v2/x>; rel=prev, <?last=a>; rel=\"self next\"" })
    void a_link_is_followed_however_it_is_written(String link) {
        this.faulty.on("GET", TAGS, Reply.json("{\"tags\": [\"a\"]}").header("Link", link),
                Reply.json("{\"tags\": [\"b\"]}"));
        assertThat(tags()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "</v2/x>; rel=prev", "</v2/x>; rel=\"nextish\"",
            "</v2/x>; rel=prev next", "</v2/x>; rel=prev; title=\"rel=next\"", ";;;", "\"<=,;", "<", "garbage" })
    void another_link_is_not(String link) {
        this.faulty.on("GET", TAGS, Reply.json("{\"tags\": [\"a\"]}").header("Link", link));
        assertThat(tags()).containsExactly("a");
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "?last=c,3", "?last=b,2" })
    void a_page_that_leads_back_is_told_after_the_names(String back, int requests) {
        this.faulty.on("GET", TAGS, Reply.json("{\"tags\": [\"a\"]}").header("Link", next("b")),
                Reply.json("{\"tags\": [\"b\"]}")
                    .header("Link", "<" + ((requests == 2) ? back : "?last=c") + ">; rel=next"),
                Reply.json("{\"tags\": [\"c\"]}").header("Link", "<" + back + ">; rel=next"));
        Read tags = read(tags());
        assertThat(tags.names()).hasSize(requests).startsWith("a", "b");
        assertThat(tags.failure()).isInstanceOf(RegistryFailure.Incomplete.class)
            .hasMessageEndingWith("the list is not whole: its pages lead in a circle");
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(requests);
    }

    @Test
    void pages_that_bring_nothing_new_come_to_an_end() {
        List<Reply> pages = new ArrayList<>();
        IntStream.range(0, 200)
            .forEach((at) -> pages.add(Reply.json("{\"tags\": [\"a\"]}").header("Link", next("a" + at))));
        this.faulty.on("GET", TAGS, pages.toArray(Reply[]::new));
        Read tags = read(tags());
        assertThat(tags.names()).containsExactly("a");
        assertThat(tags.failure()).hasMessageEndingWith("101 pages in a row brought no new name");
    }

    @Test
    void a_full_page_without_a_link_is_asked_on() {
        this.faulty.on("GET", TAGS, page(0, 1000), page(1000, 1000), page(2000, 5));
        assertThat(tags()).hasSize(2005);
        assertThat(this.faulty.requests("GET", TAGS)).extracting((request) -> request.uri().getQuery())
            .containsExactly("n=1000", "n=1000&last=t000999", "n=1000&last=t001999");
    }

    @Test
    void a_registry_that_ignores_how_many_are_asked_for_is_asked_once_or_twice() {
        this.faulty.on("GET", TAGS, page(0, 1001));
        assertThat(tags()).hasSize(1001);
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(1);
        this.faulty.on("GET", CATALOG, Reply.json("{\"repositories\": [%s]}".formatted(names(0, 1000))));
        assertThat(this.registry.repositories()).hasSize(1000);
        assertThat(this.faulty.requests("GET", CATALOG)).hasSize(2);
    }

    @Test
    void a_registry_that_refuses_long_pages_is_asked_for_shorter_ones() {
        Reply refusal = Reply.error(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested");
        this.faulty.on("GET", CATALOG, refusal,
                Reply.json("{\"repositories\": [\"a\"]}").header("Link", "</v2/_catalog?last=a&n=100>; rel=\"next\""),
                Reply.json("{\"repositories\": [\"b\"]}"));
        assertThat(this.registry.repositories()).containsExactly("a", "b");
        this.faulty.on("GET", TAGS, refusal, page(0, 7));
        assertThat(tags()).hasSize(7);
        assertThat(this.faulty.requests("GET", CATALOG)).extracting((request) -> request.uri().getQuery())
            .containsExactly("n=1000", "n=100", "last=a&n=100");
        // The host is known by now; where it refuses that as well, it is left to it.
        assertThat(this.faulty.requests("GET", TAGS)).extracting((request) -> request.uri().getQuery())
            .containsExactly("n=100", null);
    }

    @Test
    void a_list_that_comes_in_one_answer_of_many_megabytes_is_read() {
        StringBuilder json = new StringBuilder("{\"name\": \"lib/app\", \"tags\": [");
        json.append(names(0, 200_000)).append("]}");
        this.faulty.on("GET", TAGS, Reply.json(json.toString()));
        try (Stream<String> tags = tags()) {
            assertThat(tags.filter((tag) -> tag.endsWith("99")).count()).isEqualTo(2000);
        }
    }

    @Test
    void an_endless_answer_is_cut() {
        this.faulty.on("GET", TAGS, (exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"tags\": [\"a\"".getBytes(StandardCharsets.US_ASCII));
            byte[] more = ", \"a\"".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                exchange.getResponseBody().write(more);
            }
        });
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> tags().toList())
            .withMessageEndingWith("the list has more than 1000000 names; it is read no further");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "{\"tags\": [\"a\"|the answer breaks off after 13 bytes",
                    "{\"tags\": [\"a\"]|the answer breaks off after 14 bytes",
                    "{\"tags\": [\"a\", \"b|the answer breaks off after 17 bytes" })
    void a_page_that_breaks_off_is_asked_for_anew(String body, String told) {
        this.faulty.on("GET", TAGS, Reply.json(body));
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> tags().toList())
            .withMessageEndingWith(told);
        assertThat(this.faulty.requests("GET", TAGS)).hasSize(Patience.SHORT.attempts());
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"tags\": [\"a\", x\u202ey]}", "{\"tags\": [\"a\" \"b\"]}", "{\"tags\": [\"a\", 01]}" })
    void a_page_that_is_no_json_is_told_in_one_line_with_its_place(String body) {
        this.faulty.on("GET", TAGS, Reply.json(body));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> tags().toList())
            .withMessageContaining("the answer is no JSON: ")
            .withMessageContaining("(line 1, column ")
            .satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n", "\u202e", "StreamRead"));
    }

    @Test
    void depth_and_length_are_bounded() {
        this.faulty.on("GET", TAGS, Reply.json("{\"x\": " + "[".repeat(100_000)));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> tags().toList())
            .withMessageEndingWith("nested more than 64 deep, or has a string of more than 4194304 bytes");
    }

    private Stream<String> tags() {
        return this.registry.source("lib/app", new StopSignal()).tags();
    }

    private static String next(String last) {
        return "<?last=" + last + ">; rel=\"next\"";
    }

    private static Reply page(int from, int count) {
        return Reply.json("{\"tags\": [%s]}".formatted(names(from, count)));
    }

    private static String names(int from, int count) {
        return String.join(", ", IntStream.range(from, from + count).mapToObj("\"t%06d\""::formatted).toList());
    }

    private static Read read(Stream<String> names) {
        List<String> read = new ArrayList<>();
        try (names) {
            names.forEach(read::add);
        }
        catch (RegistryFailure failure) {
            return new Read(read, failure);
        }
        throw new AssertionError("the list is taken for whole: " + read);
    }

    private record Read(List<String> names, RegistryFailure failure) {
    }

}
