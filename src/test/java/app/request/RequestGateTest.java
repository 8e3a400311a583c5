package app.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import api.ApiRequest;
import api.BodyRefused;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the first gate lets through, and how a body is come by behind it. */
class RequestGateTest {

    private static final int ROOM = RequestBody.MOST_BYTES * RequestBody.WEIGHT;

    private final BodyMemory memory = new BodyMemory(ROOM);

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private final MockFilterChain behind = new MockFilterChain();

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/registries");

    @ParameterizedTest
    @ValueSource(strings = { "/%61pi/registries", "/api//registries", "/api/registries;a=b", "/x/../api/registries" })
    void a_path_that_is_not_canonical_is_refused(String path) throws Exception {
        this.request.setRequestURI(path);

        pass();

        assertThat(this.response.getStatus()).isEqualTo(400);
        assertThat(this.response.getContentAsString()).contains("the path is not canonical");
        assertThat(this.behind.getRequest()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
            "application/x-java-serialized-object", "text/plain; charset=utf-16" })
    void nobody_behind_it_finds_a_body_unless_he_asks_for_it(String type) throws Exception {
        content("a=b");
        this.request.setContentType(type);

        pass();

        HttpServletRequest seen = (HttpServletRequest) this.behind.getRequest();
        assertThat(seen).isNotNull();
        assertThat(seen.getInputStream().readAllBytes()).isEmpty();
        assertThat(seen.getReader().readLine()).isNull();
        assertThat(seen.getContentLengthLong()).isZero();
        assertThat(seen.getCharacterEncoding()).isNull();
        assertThat(seen.getContentType()).doesNotContain(";", "form-urlencoded");
    }

    @Test
    void a_body_of_the_limit_comes_whole_and_its_memory_is_given_back_when_it_is_answered() throws Exception {
        String limit = "x".repeat(RequestBody.MOST_BYTES);
        content(limit);
        AtomicReference<String> read = new AtomicReference<>();

        new RequestGate(this.memory, Duration.ofSeconds(20)).doFilter(this.request, this.response, (request, _) -> {
            read.set(new String(body(request.getAttribute(RequestGate.BODY)).read(), StandardCharsets.US_ASCII));
            assertThat(this.memory.free()).isZero();
        });

        assertThat(read.get()).isEqualTo(limit);
        assertThat(this.memory.free()).isEqualTo(ROOM);
    }

    @Test
    void a_body_that_announces_one_byte_more_is_refused_unread() throws Exception {
        content("x".repeat(RequestBody.MOST_BYTES + 1));

        pass();

        assertThat(this.response.getStatus()).isEqualTo(413);
        assertThat(this.behind.getRequest()).isNull();
        assertThat(this.memory.free()).isEqualTo(ROOM);
    }

    @Test
    void a_body_that_comes_with_one_byte_more_than_it_may_have_is_refused() {
        content("x".repeat(RequestBody.MOST_BYTES + 1));

        assertThatThrownBy(() -> new RequestBody(this.request, this.memory, Duration.ofSeconds(20)).read())
            .isInstanceOf(BodyRefused.class)
            .hasMessageContaining("at most 1048576 bytes");
    }

    @Test
    void a_body_that_finds_no_room_is_refused_and_holds_nothing_afterwards() {
        content("x".repeat(RequestBody.MOST_BYTES));
        this.memory.take(ROOM / 2);
        RequestBody body = new RequestBody(this.request, this.memory, Duration.ofSeconds(20));

        assertThatThrownBy(body::read).isInstanceOf(BodyRefused.class).hasMessageContaining("memory");
        body.end();

        assertThat(this.memory.free()).isEqualTo(ROOM / 2);
    }

    @Test
    void a_body_that_is_late_is_refused() {
        content("x");

        assertThatThrownBy(() -> new RequestBody(this.request, this.memory, Duration.ZERO).read())
            .isInstanceOf(BodyRefused.class)
            .hasMessageContaining("did not come within");
    }

    private void pass() throws Exception {
        new RequestGate(this.memory, Duration.ofSeconds(20)).doFilter(this.request, this.response, this.behind);
    }

    private void content(String text) {
        this.request.setContent(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ApiRequest.UnreadBody body(Object attribute) {
        return (ApiRequest.UnreadBody) attribute;
    }

}
