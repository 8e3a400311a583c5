package adapters.gitea;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * A real Gitea with a user {@code team}, built once below
 * {@code ~/.cache/drayage/interop} by a script of {@code src/test/interop/gitea}.
 */
final class RealGitea implements AutoCloseable {

    static final String USER = "team";

    static final String PASSWORD = "canary-of-team";

    private static final String VERSION = "v1.26.0";

    private static final Path BUILT = Path.of(System.getProperty("user.home"), ".cache", "drayage", "interop",
            "gitea-" + VERSION);

    private final HttpClient client = HttpClient.newHttpClient();

    private final Path folder;

    private final int port;

    private final Process process;

    private RealGitea(Path folder) throws IOException {
        this.folder = folder;
        this.port = freePort();
        Files.writeString(folder.resolve("app.ini"), """
                RUN_USER = %1$s
                WORK_PATH = %2$s
                I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
                [server]
                HTTP_ADDR = 127.0.0.1
                HTTP_PORT = %3$d
                ROOT_URL = http://127.0.0.1:%3$d/
                STATIC_ROOT_PATH = %4$s
                DISABLE_SSH = true
                OFFLINE_MODE = true
                [database]
                DB_TYPE = sqlite3
                PATH = %2$s/gitea.db
                [security]
                INSTALL_LOCK = true
                SECRET_KEY = only-for-a-test
                [webhook]
                ALLOWED_HOST_LIST = loopback
                [log]
                LEVEL = Warn
                """.formatted(System.getProperty("user.name"), folder, this.port, BUILT.resolve("source")));
        gitea("migrate");
        gitea("admin", "user", "create", "--username", USER, "--password", PASSWORD, "--email", "team@example.com",
                "--must-change-password=false");
        this.process = start("web");
        Awaitility.await("Gitea answers").atMost(Duration.ofMinutes(2)).ignoreExceptions().until(this::answers);
    }

    static RealGitea start(Path folder) {
        try {
            if (!Files.isExecutable(BUILT.resolve("gitea"))) {
                run(new ProcessBuilder("sh", "src/test/interop/gitea/build.sh", VERSION, BUILT.toString()));
            }
            return new RealGitea(folder);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + this.port);
    }

    /** An access token of the user with some scopes, such as {@code write:package}. */
    String token(String scopes) {
        // Its warnings come before it.
        return gitea("admin", "user", "generate-access-token", "--username", USER, "--token-name", scopes, "--scopes",
                scopes, "--raw")
            .lines()
            .toList()
            .getLast();
    }

    /** Creates a webhook of the user for packages. */
    void hook(URI url, String secret) throws IOException, InterruptedException {
        String body = """
                {"type": "gitea", "active": true, "events": ["package"],
                 "config": {"url": "%s", "content_type": "json", "secret": "%s"}}""".formatted(url, secret);
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = this.client.send(HttpRequest.newBuilder(url().resolve("/api/v1/user/hooks"))
            .header("Authorization", "Basic " + login)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new AssertionError("no hook: " + answer.statusCode() + " " + answer.body());
        }
    }

    private boolean answers() throws IOException, InterruptedException {
        return this.client
            .send(HttpRequest.newBuilder(url().resolve("/api/v1/version")).build(),
                    HttpResponse.BodyHandlers.discarding())
            .statusCode() == 200;
    }

    private String gitea(String... arguments) {
        return run(command(arguments));
    }

    private Process start(String... arguments) throws IOException {
        return command(arguments).redirectErrorStream(true).redirectOutput(this.folder.resolve("log").toFile()).start();
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(BUILT.resolve("gitea").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--config", this.folder.resolve("app.ini").toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("GITEA_WORK_DIR", this.folder.toString());
        return builder;
    }

    private static String run(ProcessBuilder builder) {
        try {
            Path errors = Files.createTempFile("gitea", ".log");
            Process process = builder.redirectError(errors.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(builder.command() + " has failed:\n" + out + Files.readString(errors));
            }
            return out;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        this.process.destroy();
        this.client.shutdownNow();
    }

}
