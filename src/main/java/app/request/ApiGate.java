package app.request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import api.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.CamelContext;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Guards every path but {@code /actuator}: a node that only works answers 404, and until
 * the routes have started, which is after the port opens, the answer is 503. The path is
 * compared as it came, because the {@link RequestGate} lets it through in one form only.
 */
public final class ApiGate extends OncePerRequestFilter {

    private static final String OPERATORS = "/actuator";

    private final CamelContext camel;

    private final boolean serves;

    ApiGate(CamelContext camel, boolean serves) {
        this.camel = camel;
        this.serves = serves;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        String operators = request.getContextPath() + OPERATORS;
        return path.equals(operators) || path.startsWith(operators + "/");
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
        chain.doFilter(request, response);
    }

    public static void problem(HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        response.setStatus(status);
        byte[] body = Problem.json(status, title, detail).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

}
