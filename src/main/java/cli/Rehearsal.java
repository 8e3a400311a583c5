package cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import cli.copy.CopyCommand;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import oci.model.Digest;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Copies an empty image between two registries, which are one small server in this
 * process. Java's cache of classes is made while this command runs, so that it has the
 * classes of a copy.
 */
@Command(name = "rehearse", hidden = true)
final class Rehearsal implements Callable<Integer> {

    private static final byte[] BLOB = "{}".getBytes(StandardCharsets.UTF_8);

    private static final byte[] MANIFEST = """
            {"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},"layers":[]}
            """
        .formatted(Digest.sha256(BLOB))
        .getBytes(StandardCharsets.UTF_8);

    @Override
    public Integer call() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Rehearsal::answer);
        server.start();
        try {
            String host = "127.0.0.1:" + server.getAddress().getPort();
            return new CommandLine(new CopyCommand()).execute(host + "/here:v1", host + "/there:v1");
        }
        finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean reads = exchange.getRequestMethod().equals("GET") || exchange.getRequestMethod().equals("HEAD");
            exchange.getRequestBody().readAllBytes();
            if (!reads) {
                exchange.getResponseHeaders().set("Location", "/v2/there/blobs/uploads/1");
                exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 202 : 201, -1);
            }
            else if (path.startsWith("/v2/there/")) {
                exchange.sendResponseHeaders(404, -1);
            }
            else {
                read(exchange, path.contains("/blobs/") ? BLOB : MANIFEST);
            }
        }
    }

    private static void read(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.oci.image.manifest.v1+json");
        exchange.getResponseHeaders().set("Docker-Content-Digest", Digest.sha256(body).toString());
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

}
