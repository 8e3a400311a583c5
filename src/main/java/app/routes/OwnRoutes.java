package app.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.StartupListener;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads an operator's own Camel routes, YAML files of a folder, once Drayage's have
 * started. A file that cannot be loaded is logged with its line and leaves nothing
 * behind; the start and the other files go on.
 */
final class OwnRoutes implements StartupListener {

    private static final Logger LOG = LoggerFactory.getLogger(OwnRoutes.class);

    /** How Camel's YAML reader names the place of a mistake. */
    private static final Pattern LINE = Pattern.compile("line (\\d{1,6})");

    /** How Camel names a placeholder that has no value. */
    private static final Pattern PROPERTY = Pattern.compile("key \\[([^\\]]{1,200})]");

    private final Path folder;

    OwnRoutes(Path folder) {
        this.folder = folder;
    }

    @Override
    public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
        // Too early: some routes of Drayage may not have started yet.
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext camel, boolean alreadyStarted) {
        camel.setSourceLocationEnabled(true);
        List<Path> files = files();
        long loaded = files.stream().filter((file) -> load(camel, file)).count();
        LOG.info("{} of {} files of own routes are loaded from {}", loaded, files.size(), this.folder);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(this.folder)) {
            return files.filter((file) -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                .sorted()
                .toList();
        }
        catch (IOException ex) {
            LOG.error("own routes: the folder {} (DRAYAGE_ROUTES) cannot be listed: {}", this.folder, ex.toString());
            return List.of();
        }
    }

    private static boolean load(CamelContext camel, Path file) {
        ModelCamelContext model = (ModelCamelContext) camel;
        Set<String> before = ids(model);
        try {
            Resource resource = PluginHelper.getResourceLoader(camel).resolveResource("file:" + file.toAbsolutePath());
            for (var builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(resource))) {
                if (builder instanceof RouteBuilder routes) {
                    routes.configureRoutes(camel);
                    refuseTaken(before, routes);
                }
                builder.addRoutesToCamelContext(camel);
            }
            return true;
        }
        catch (Exception ex) {
            // The mistake is logged, and what was half loaded is removed.
            remove(model, before);
            LOG.error("own routes: {}{}", file.getFileName(), mistake(file, ex));
            return false;
        }
    }

    private static Set<String> ids(ModelCamelContext model) {
        Set<String> ids = new HashSet<>();
        model.getRouteDefinitions().forEach((route) -> ids.add(String.valueOf(route.getRouteId())));
        return ids;
    }

    /** Camel would silently replace the route of that id. */
    private static void refuseTaken(Set<String> before, RouteBuilder routes) {
        for (RouteDefinition route : routes.getRouteCollection().getRoutes()) {
            if (route.getRouteId() != null && before.contains(route.getRouteId())) {
                throw new TakenRoute(route);
            }
        }
    }

    private static void remove(ModelCamelContext model, Set<String> before) {
        List<RouteDefinition> left = model.getRouteDefinitions()
            .stream()
            .filter((route) -> !before.contains(String.valueOf(route.getRouteId())))
            .toList();
        for (RouteDefinition route : left) {
            try {
                model.getRouteController().stopRoute(route.getRouteId());
                model.removeRoute(route.getRouteId());
                model.removeRouteDefinition(route);
            }
            catch (Exception ex) {
                LOG.warn("own routes: the half of {} that was loaded cannot be removed: {}", route.getRouteId(),
                        ex.toString());
            }
        }
    }

    /** Why a file is not loaded, and where it is wrong as far as that is known. */
    private static Mistake mistake(Path file, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TakenRoute taken) {
                return new Mistake(taken.line, String.valueOf(taken.getMessage()));
            }
            if (cause instanceof NoSuchEndpointException missing) {
                return missing(file, missing.getUri());
            }
            if (cause instanceof ResolveEndpointFailedException endpoint && endpoint.getCause() == null) {
                return missing(file, endpoint.getUri());
            }
        }
        String text = String.valueOf(innermost(failure).getMessage());
        Matcher told = LINE.matcher(text);
        Matcher property = PROPERTY.matcher(text);
        int line = told.find() ? Integer.parseInt(told.group(1)) : property.find() ? find(file, property.group(1)) : 0;
        return new Mistake(line, text.lines().findFirst().orElse(failure.toString()));
    }

    private static Mistake missing(Path file, String uri) {
        String scheme = uri.split(":", 2)[0];
        return new Mistake(find(file, scheme + ":"),
                "there is no component \"%s\"; the jar camel-%s and what it needs belong in DRAYAGE_LIB"
                    .formatted(scheme, scheme));
    }

    /** The first line that has a text, from 1; 0 where none has. */
    private static int find(Path file, String text) {
        try {
            List<String> lines = Files.readAllLines(file);
            return 1 + IntStream.range(0, lines.size())
                .filter((at) -> lines.get(at).contains(text))
                .findFirst()
                .orElse(-1);
        }
        catch (IOException ex) {
            LOG.debug("{} cannot be read again: {}", file, ex.toString());
            return 0;
        }
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private record Mistake(int line, String reason) {

        @Override
        public String toString() {
            return ((this.line > 0) ? ", line " + this.line : "") + " is not loaded: " + this.reason;
        }

    }

    /** A route whose id is one of Drayage's or of another file. */
    private static final class TakenRoute extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int line;

        TakenRoute(RouteDefinition route) {
            super("there is a route " + route.getRouteId() + " already; its id must be another");
            this.line = route.getLineNumber();
        }

    }

}
