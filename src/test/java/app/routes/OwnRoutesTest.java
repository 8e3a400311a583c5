package app.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import fixtures.LogLines;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("NullAway.Init")
class OwnRoutesTest {

    private static final String GOOD = """
            - route:
                id: good
                from:
                  uri: direct:good
                  steps:
                    - setBody: { constant: "it works" }
            """;

    @TempDir
    Path folder;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        this.camel.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    - route:\\n    id: taken\\n    from:\\n      uri: direct:x\\n      steps:\\n        - log: x | bad.yaml, line 1 is not loaded: there is a route taken already
                    - route:\\n    id: bad\\n    from:\\n      uri: kafka:topic\\n      steps:\\n        - log: x | bad.yaml, line 4 is not loaded: there is no component "kafka"; the jar camel-kafka
                    - route:\\n    id: bad\\n    from:\\n      uri: direct:x\\n      steps:\\n        - to: sql:select | bad.yaml, line 6 is not loaded: there is no component "sql"; the jar camel-sql
                    - route:\\n    id: bad\\n    from:\\n      uri: direct:x\\n      steps:\\n        - toto: x | bad.yaml, line 6 is not loaded
                    - route:\\n    id: [ | bad.yaml, line 3 is not loaded
                    - route:\\n    id: bad\\n    from:\\n      uri: direct:x\\n      steps:\\n        - to: direct:{{env:NO_SUCH_ONE}} | bad.yaml, line 6 is not loaded
                    """)
    void tells_where_a_file_is_wrong_and_loads_the_others(String bad, String told) throws Exception {
        write("a-good.yaml", GOOD);
        write("bad.yaml", bad.replace("\\n", "\n"));
        write("c-good.yaml", GOOD.replace("good", "other"));
        try (LogLines log = new LogLines("app.routes.OwnRoutes")) {
            start();
            assertThat(log.lines()).anyMatch((line) -> line.contains(told));
        }

        assertThat(this.camel.getRoutes()).extracting("routeId").containsExactlyInAnyOrder("taken", "good", "other");
        assertThat(this.camel.createProducerTemplate().requestBody("direct:other", "", String.class))
            .isEqualTo("it works");
    }

    private void start() throws Exception {
        this.camel.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:taken").routeId("taken").log("ours");
            }
        });
        this.camel.addStartupListener(new OwnRoutes(this.folder));
        this.camel.start();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(this.folder.resolve(name), text);
    }

}
