package bench.copy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

import bench.CpuTimes;
import org.awaitility.Awaitility;

/** A toxiproxy of our own, through which every connection is slow for itself. */
final class Toxiproxy implements AutoCloseable {

    private static final int MILLIS_ONE_WAY = 25;

    private static final int KILOBYTES_PER_SECOND = 25_000;

    private final HttpClient client = HttpClient.newHttpClient();

    private final int port;

    private final Process process;

    Toxiproxy(Path program) throws IOException {
        this.port = freePort();
        this.process = new ProcessBuilder(program.toString(), "-port", String.valueOf(this.port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
        Awaitility.await("toxiproxy").atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
            send("GET", "/version", "");
            return true;
        });
    }

    /** Opens a slow way to a host and port of the loopback; returns its own. */
    String slow(String upstream) {
        try {
            String listen = "127.0.0.1:" + freePort();
            send("POST", "/proxies",
                    "{\"name\":\"%s\",\"listen\":\"%s\",\"upstream\":\"%s\"}".formatted(listen, listen, upstream));
            for (String way : new String[] { "upstream", "downstream" }) {
                toxic(listen, "latency", way, "\"latency\":" + MILLIS_ONE_WAY);
                toxic(listen, "bandwidth", way, "\"rate\":" + KILOBYTES_PER_SECOND);
            }
            return listen;
        }
        catch (IOException | InterruptedException ex) {
            throw new IllegalStateException("set toxiproxy up: " + ex, ex);
        }
    }

    /** Seconds of processor that it has used. */
    double cpu() {
        return CpuTimes.tree(this.process.pid());
    }

    void forget(String listen) {
        try {
            send("DELETE", "/proxies/" + listen, "");
        }
        catch (IOException | InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private void toxic(String proxy, String type, String way, String attributes)
            throws IOException, InterruptedException {
        send("POST", "/proxies/" + proxy + "/toxics",
                "{\"type\":\"%s\",\"stream\":\"%s\",\"attributes\":{%s}}".formatted(type, way, attributes));
    }

    private void send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = this.client
            .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        this.process.destroy();
    }

}
