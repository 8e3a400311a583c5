package app;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import api.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before {@code /api}: until the routes have started it answers 503 (the port
 * opens before they do), and it lets no body through that is larger than any request of
 * this API.
 */
final class ApiGate extends OncePerRequestFilter {

    static final int MAX_BODY_BYTES = 1 << 20;

    private final CamelContext camel;

    private final boolean serves;

    ApiGate(CamelContext camel, boolean serves) {
        this.camel = camel;
        this.serves = serves;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(request.getContextPath() + "/api");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!this.serves) {
            problem(response, 404, "Not Found", "this node only works (drayage.roles); another one serves the API");
            return;
        }
        if (!this.camel.isStarted()) {
            response.setHeader("Retry-After", "1");
            problem(response, 503, "Service Unavailable", "Drayage is starting");
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            response.setHeader("Connection", "close");
            problem(response, 413, "Content Too Large", "a body has at most " + MAX_BODY_BYTES + " bytes");
            return;
        }
        chain.doFilter(new WholeBody(request, body), response);
    }

    static void problem(HttpServletResponse response, int status, String title, String detail) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(Problem.json(status, title, detail).getBytes(StandardCharsets.UTF_8));
    }

    /** A request whose body has been read. */
    private static final class WholeBody extends HttpServletRequestWrapper {

        private final byte[] body;

        WholeBody(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new BodyStream(new ByteArrayInputStream(this.body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(
                    new InputStreamReader(new ByteArrayInputStream(this.body), StandardCharsets.UTF_8));
        }

        /**
         * Not that of a form, whose fields Camel would take in the body's place: a
         * signature is made over the bytes. The header stays.
         */
        @Override
        public @Nullable String getContentType() {
            String type = super.getContentType();
            boolean form = type != null
                    && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
            return form ? "application/octet-stream" : type;
        }

        @Override
        public int getContentLength() {
            return this.body.length;
        }

        @Override
        public long getContentLengthLong() {
            return this.body.length;
        }

    }

    /** The body as the servlet API wants it. */
    private static final class BodyStream extends ServletInputStream {

        private final InputStream body;

        private boolean finished;

        BodyStream(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = this.body.read();
            this.finished = next < 0;
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = this.body.read(buffer, offset, length);
            this.finished = count < 0;
            return count;
        }

        @Override
        public boolean isFinished() {
            return this.finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read at once");
        }

    }

}
