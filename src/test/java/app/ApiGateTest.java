package app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ServletException;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
        pass("/api/registries", "");

        assertThat(this.response.getStatus()).isEqualTo(503);
        assertThat(this.response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(this.response.getContentAsString()).contains("\"status\":503").contains("starting");
        assertThat(this.behind.getRequest()).isNull();
    }

    @Test
    void health_does_not_wait_for_the_routes() throws Exception {
        pass("/actuator/health/liveness", "");

        assertThat(this.behind.getRequest()).isNotNull();
    }

    @Test
    void a_body_of_the_limit_is_let_through_whole_and_one_byte_more_is_not() throws Exception {
        this.camel.start();
        String limit = "x".repeat(ApiGate.MAX_BODY_BYTES);

        pass("/api/registries", limit);
        assertThat(this.behind.getRequest()).isNotNull();
        assertThat(this.behind.getRequest().getReader().readLine()).isEqualTo(limit);

        new ApiGate(this.camel, true).doFilter(request("/api/registries", limit + "x"), this.response,
                new MockFilterChain());
        assertThat(this.response.getStatus()).isEqualTo(413);
    }

    private void pass(String path, String body) throws ServletException, IOException {
        new ApiGate(this.camel, true).doFilter(request(path, body), this.response, this.behind);
    }

    private static MockHttpServletRequest request(String path, String body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        request.setContent(body.getBytes(StandardCharsets.US_ASCII));
        return request;
    }

}
