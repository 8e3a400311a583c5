package app.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first filter of every request, before the login: a path has to be canonical, and a
 * body is read by its {@link RequestBody} alone. So a client cannot make a filter, form,
 * multipart parser or binding read a body, or take a parameter or header for something
 * else.
 */
final class RequestGate extends OncePerRequestFilter {

    static final String BODY = RequestBody.class.getName();

    /** The headers by their names in lower case, one value each. */
    static final String HEADERS = RequestGate.class.getName() + ".headers";

    private final BodyMemory memory;

    private final Duration limit;

    RequestGate(BodyMemory memory, Duration limit) {
        this.memory = memory;
        this.limit = limit;
    }

    /** An answer that was worked out by another thread comes by here once more. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(BODY) instanceof RequestBody known) {
            pass(known, request, response, chain);
            return;
        }
        RequestBody body = new RequestBody(request, this.memory, this.limit);
        Optional<String> fault = CanonicalPath.fault(request.getRequestURI());
        if (fault.isPresent()) {
            ApiGate.problem(response, 400, "Bad Request", "the path is not canonical: " + fault.get());
            body.end();
        }
        else if (request.getContentLengthLong() > RequestBody.MOST_BYTES) {
            response.setHeader("Connection", "close");
            ApiGate.problem(response, 413, "Content Too Large",
                    "a body has at most " + RequestBody.MOST_BYTES + " bytes");
            body.end();
        }
        else {
            request.setAttribute(BODY, body);
            request.setAttribute(HEADERS, headers(request));
            pass(body, new BareRequest(request), response, chain);
        }
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaderNames()
            .asIterator()
            .forEachRemaining((name) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        return headers;
    }

    private static void pass(RequestBody body, HttpServletRequest request, HttpServletResponse response,
            FilterChain chain) throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        }
        finally {
            if (!request.isAsyncStarted()) {
                body.end();
            }
        }
    }

    /**
     * A request that shows neither a body, whatever its headers announce, nor parameters,
     * and its headers only to who asks for one by name.
     */
    private static final class BareRequest extends HttpServletRequestWrapper {

        BareRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new NoBytes();
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(Reader.nullReader());
        }

        @Override
        public int getContentLength() {
            return 0;
        }

        @Override
        public long getContentLengthLong() {
            return 0;
        }

        /** Without its parameters: no charset of a client decides how it is answered. */
        @Override
        public @Nullable String getContentType() {
            String type = super.getContentType();
            if (type == null) {
                return null;
            }
            int end = type.indexOf(';');
            String bare = ((end >= 0) ? type.substring(0, end) : type).strip().toLowerCase(Locale.ROOT);
            // A form is not parsed: a signature is made over its bytes.
            return bare.equals("application/x-www-form-urlencoded") ? "application/octet-stream" : bare;
        }

        @Override
        public @Nullable String getCharacterEncoding() {
            return null;
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public @Nullable String getParameter(String name) {
            return null;
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return null;
        }

    }

    /** A stream that has ended. */
    private static final class NoBytes extends ServletInputStream {

        @Override
        public int read() {
            return -1;
        }

        @Override
        public boolean isFinished() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("there is nothing to read");
        }

    }

}
