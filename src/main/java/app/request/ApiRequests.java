package app.request;

import java.security.Principal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import api.ApiRequest;
import api.Query;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Header;
import org.apache.camel.model.rest.ParamDefinition;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.RestParamType;
import org.apache.camel.model.rest.VerbDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.web.servlet.HandlerMapping;
import replication.access.Caller;
import replication.access.Role;

/**
 * Reads requests: variables from the path, parameters from the query, headers from the
 * headers, each from there alone. Only the parameters that the REST surface documents are
 * known.
 */
public final class ApiRequests {

    /** Senders add parameters of their own to the address that they were given. */
    private static final String WEBHOOKS = "/api/webhooks/";

    /** Spring Security's, before the names of roles. */
    private static final String ROLE_PREFIX = "ROLE_";

    private final Supplier<List<RestDefinition>> surface;

    private volatile @Nullable Map<String, Set<String>> documented;

    /**
     * Reads the parameters that the surface documents.
     * @param surface complete once the routes have started
     */
    ApiRequests(Supplier<List<RestDefinition>> surface) {
        this.surface = surface;
    }

    private Set<String> documented(String method, String pattern) {
        Map<String, Set<String>> known = this.documented;
        if (known == null) {
            known = new HashMap<>();
            for (RestDefinition rest : this.surface.get()) {
                for (VerbDefinition verb : rest.getVerbs()) {
                    known.put(key(verb.asVerb(), path(rest.getPath()) + path(verb.getPath())), names(verb));
                }
            }
            this.documented = known;
        }
        return known.getOrDefault(key(method, pattern), Set.of());
    }

    private static Set<String> names(VerbDefinition verb) {
        Set<String> names = new HashSet<>();
        for (ParamDefinition parameter : verb.getParams()) {
            if (parameter.getType() == RestParamType.query) {
                names.add(parameter.getName());
            }
        }
        return names;
    }

    private static String path(@Nullable String path) {
        return (path != null) ? path : "";
    }

    /** HEAD is served where GET is. */
    private static String key(String method, String path) {
        String verb = method.toUpperCase(Locale.ROOT);
        return (verb.equals("HEAD") ? "GET" : verb) + " " + path;
    }

    /** What was asked. */
    public ApiRequest read(@Header("CamelHttpServletRequest") HttpServletRequest request) {
        String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        Query query = pattern.startsWith(WEBHOOKS) ? Query.empty()
                : Query.parse(request.getQueryString(), documented(request.getMethod(), pattern));
        return new ApiRequest(texts(request, HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE), query,
                texts(request, RequestGate.HEADERS), (ApiRequest.UnreadBody) request.getAttribute(RequestGate.BODY),
                caller(request.getUserPrincipal()));
    }

    /** The one place where a sign-in becomes who wants something. */
    private static Caller caller(@Nullable Principal signedIn) {
        if (!(signedIn instanceof Authentication authentication)) {
            return Caller.NOBODY;
        }
        Set<String> granted = AuthorityUtils.authorityListToSet(authentication.getAuthorities());
        return new Caller(authentication.getName(),
                Arrays.stream(Role.values())
                    .filter((role) -> granted.contains(ROLE_PREFIX + role))
                    .collect(Collectors.toSet()));
    }

    private static Map<String, String> texts(HttpServletRequest request, String attribute) {
        Map<String, String> read = new HashMap<>();
        if (request.getAttribute(attribute) instanceof Map<?, ?> texts) {
            texts.forEach((name, value) -> read.put(String.valueOf(name), String.valueOf(value)));
        }
        return read;
    }

}
