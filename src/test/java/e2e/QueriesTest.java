package e2e;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A parameter of a query is taken as it was written, and nothing else of a request stands
 * for it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueriesTest {

    /** What an expression language would make something else of. */
    private static final List<String> ODD = List.of("null", "\"abc\"", "'abc'", "a,b", "${body}", "${header.x}",
            "#{1+1}", "{{env:PATH}}", "RAW(x)", "true", "abc)", "%24%7Bbody%7D", "\\");

    private final DrayageProcess drayage;

    private final Api api;

    QueriesTest(@TempDir Path home) {
        this.drayage = DrayageProcess.start(home);
        this.api = this.drayage.api();
    }

    @BeforeAll
    void createWhatIsListed() {
        long here = registry("here");
        long there = registry("null");
        long policy = this.api.create("/api/replication/policies",
                Map.of("name", "null", "src_registry_id", here, "dest_registry_id", there));
        this.api.create("/api/subscriptions", Map.of("name", "s", "type", "slack", "url", "http://127.0.0.1:1/x",
                "events", List.of("execution.failed")));
        assertThat(this.api.run(policy).get("id").asLong()).isOne();
    }

    private long registry(String name) {
        return this.api.create("/api/registries",
                Map.of("name", name, "registry_type", "layout", "url", "layout:" + name));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
    }

    /** Every documented parameter of every operation. */
    Stream<Arguments> parameters() {
        List<Arguments> rows = new ArrayList<>();
        this.api.get("/api/openapi.json").expect(200).json().get("paths").properties().forEach((path) -> {
            String address = path.getKey().replaceAll("\\{[^}]*}", "1");
            for (JsonNode parameter : path.getValue().path("get").path("parameters")) {
                if (parameter.get("in").asText().equals("query")) {
                    rows.add(Arguments.of(address, parameter.get("name").asText()));
                }
            }
        });
        assertThat(rows).hasSizeGreaterThan(20);
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}?{1}")
    @MethodSource("parameters")
    void a_value_means_itself(String path, String name) {
        for (String value : ODD) {
            Api.Reply reply = this.api.get(path + "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));

            if (reply.status() == 422) {
                assertThat(reply.json().get("field").asText()).isEqualTo(name);
                assertThat(reply.json().get("detail").asText()).contains(value);
            }
            else if (reply.status() != 404) {
                boolean named = name.equals("q") && value.equals("null");
                assertThat(reply.expect(200).json()).as(value).hasSize((named && !path.contains("/1/")) ? 1 : 0);
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1} as a header")
    @MethodSource("parameters")
    void a_header_of_that_name_is_none(String path, String name) {
        String without = this.api.get(path).body();

        for (String value : List.of("null", "4711", "failed", "${body}")) {
            Api.Reply reply = this.api.get(path, Map.of(name, value, "id", "4711", "CamelBeanMethodName", "delete"));
            assertThat(reply.body()).as(value).isEqualTo(without);
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            /api/registries?page=2              | 422 | page      | no parameter "page"
            /api/registries/1?force=true        | 422 | force     | no parameter "force"
            /api/registries?Q=x                 | 422 | Q         | no parameter "Q"
            /api/registries?q=a&q=b             | 422 | q         | q is given twice
            /api/registries?q=a&%71=b           | 422 | q         | q is given twice
            /api/replication/executions?a%0Ab=1 | 422 | a b       | no parameter "a b"
            /api/registries?q=%FF               | 400 |           | not UTF-8
            /api/registries?q=%C0%AF            | 400 |           | not UTF-8
            /api/registries?q=%00               | 422 | q         | NUL
            """)
    void another_one_is_refused(String query, int status, String field, String detail) {
        JsonNode problem = this.api.get(query).expect(status).json();

        assertThat(problem.path("field").asText("")).isEqualTo((field != null) ? field : "");
        assertThat(problem.get("detail").asText()).contains(detail);
    }

    @ParameterizedTest
    @CsvSource({ "?q=here, 200", "?page_size=1&type=layout, 200", "?page=2, 422" })
    void head_takes_what_get_takes(String query, int status) {
        assertThat(this.api.send("HEAD", "/api/registries" + query, null).status()).isEqualTo(status);
    }

    @Test
    void a_header_in_another_language_is_no_fault() {
        this.api.get("/api/registries", Map.of("X-Sent-By", "J\u00fcrgen")).expect(200);
    }

    @Test
    void a_page_leads_on_with_the_value_as_it_was() {
        Api.Reply reply = this.api.get("/api/registries?q=e&page_size=1");
        assertThat(reply.expect(200).json()).hasSize(1);
        assertThat(reply.header("Link")).isEmpty();

        Api.Reply first = this.api.get("/api/registries?page_size=1&type=layout");
        assertThat(first.header("Link")).isEqualTo("</api/registries?page_size=1&type=layout&after=1>; rel=\"next\"");
    }

}
