package app.request;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class ApiGateTest {

    private final CamelContext camel = new DefaultCamelContext();

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private final MockFilterChain behind = new MockFilterChain();

    @AfterEach
    void stop() {
        this.camel.stop();
    }

    @Test
    void until_the_routes_have_started_the_api_answers_503() throws Exception {
        pass("/api/registries", true);

        assertThat(this.response.getStatus()).isEqualTo(503);
        assertThat(this.response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(this.response.getContentAsString()).contains("\"status\":503").contains("starting");
        assertThat(this.behind.getRequest()).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "/actuator", "/actuator/health/liveness", "/actuator/prometheus" })
    void what_is_the_operators_waits_for_no_route_and_is_on_every_node(String path) throws Exception {
        pass(path, false);

        assertThat(this.behind.getRequest()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({ "/api", "/api/registries", "/api/webhooks/x", "/API/registries", "/apix", "/actuatorx", "/",
            "/%61pi/webhooks/x", "/error" })
    void a_node_that_only_works_answers_nothing_else_however_it_is_written(String path) throws Exception {
        this.camel.start();

        pass(path, false);

        assertThat(this.response.getStatus()).isEqualTo(404);
        assertThat(this.response.getContentAsString()).contains("this node only works");
        assertThat(this.behind.getRequest()).isNull();
    }

    @Test
    void a_node_that_serves_lets_through_once_its_routes_have_started() throws Exception {
        this.camel.start();

        pass("/api/registries", true);

        assertThat(this.behind.getRequest()).isNotNull();
    }

    private void pass(String path, boolean serves) throws Exception {
        new ApiGate(this.camel, serves).doFilter(new MockHttpServletRequest("POST", path), this.response, this.behind);
    }

}
