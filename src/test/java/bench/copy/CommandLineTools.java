package bench.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The tools that are commands, each told to copy as its manual advises. */
final class CommandLineTools {

    private CommandLineTools() {
    }

    /** A command per repository, one after the other. */
    static Subject crane(String program) {
        return new CommandLineTool("crane", true,
                (route) -> repositories(route, quoted(program) + " copy --all-tags -j 16 %1$s/%3$s %2$s/%3$s"));
    }

    /** All repositories in one file. */
    static Subject regsync(String program) {
        return new CommandLineTool("regsync", true, (route) -> {
            String tls = (route.line() == Line.TLS) ? "enabled" : "disabled";
            String text = """
                    version: 1
                    creds:
                      - {registry: "%1$s", tls: %3$s, reqConcurrent: 32}
                      - {registry: "%2$s", tls: %3$s, reqConcurrent: 32}
                    defaults: {parallel: 16}
                    sync:
                    """.formatted(route.source().host(), route.destination().host(), tls) + route.corpus()
                .repositoryNames()
                .stream()
                .map((name) -> "  - {source: \"%s/%s\", target: \"%s/%s\", type: repository}%n"
                    .formatted(route.source().host(), name, route.destination().host(), name))
                .collect(Collectors.joining());
            return quoted(program) + " -v warn once -c " + file(route, "regsync.yaml", text) + "\n";
        });
    }

    /** All repositories in one file. */
    static Subject skopeo(String program) {
        return new CommandLineTool("skopeo", true, (route) -> {
            boolean tls = route.line() == Line.TLS;
            String text = "\"%s\":%n  tls-verify: %s%n  images:%n".formatted(route.source().host(), tls)
                    + route.corpus()
                        .repositoryNames()
                        .stream()
                        .map((name) -> "    %s: []%n".formatted(name))
                        .collect(Collectors.joining());
            return "%s --insecure-policy sync --all --src yaml --dest docker --dest-tls-verify=%s %s %s%n"
                .formatted(quoted(program), tls, file(route, "skopeo.yaml", text), route.destination().host());
        });
    }

    /**
     * As crane: a command per repository, one after the other. What makes its start fast
     * was made before, as by a user's first command.
     */
    static Subject drayageCopy(Path program) {
        String settings = "export JDK_JAVA_OPTIONS=-Xmx256m XDG_CACHE_HOME=%s%n"
            .formatted(quoted(System.getProperty("bench.cache")));
        return new CommandLineTool("drayage copy", false,
                (route) -> settings + repositories(route,
                        quoted(program.toString()) + " copy --quiet --all-tags "
                                + route.authorities().map((file) -> "--ca-file " + file + " ").orElse("")
                                + "%1$s/%3$s %2$s/%3$s"));
    }

    private static String repositories(Route route, String command) {
        return route.corpus()
            .repositoryNames()
            .stream()
            .map((name) -> command.formatted(route.source().host(), route.destination().host(), name) + "\n")
            .collect(Collectors.joining());
    }

    private static Path file(Route route, String name, String text) throws IOException {
        return Files.writeString(route.folder().resolve(name), text);
    }

    private static String quoted(String program) {
        return "'" + program + "'";
    }

}
