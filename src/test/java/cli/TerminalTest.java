package cli;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import fixtures.FaultyRegistry;
import fixtures.Image;
import fixtures.Images;
import fixtures.Reply;
import oci.model.Descriptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A copy on a terminal, which util-linux's {@code script} makes. */
class TerminalTest {

    private static final String CLEAR = "\r\u001b[K";

    private final CountDownLatch seen = new CountDownLatch(1);

    private final StringWriter screen = new StringWriter();

    @Test
    void shows_a_bar_while_it_copies_and_clears_it_away(@TempDir Path folder) throws Exception {
        assumeTrue(scripted(), "there is no script of util-linux, so no terminal to test with");
        Image image = Images.image(1, 2_000_000);
        try (FaultyRegistry registry = serving(image)) {
            Process copy = onTerminal("copy", registry.host() + "/app:v1", "layout:" + folder);
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(copy));

            Awaitility.await("a bar")
                .atMost(Duration.ofSeconds(60))
                .until(() -> this.screen.toString().contains(" MB of 2.0 MB"));
            assertThat(this.screen.toString()).contains(CLEAR + "[", "%  ", "/s  eta ");
            this.seen.countDown();

            reading.get(60, TimeUnit.SECONDS);
            assertThat(copy.waitFor()).as(this.screen.toString()).isZero();
            assertThat(this.screen.toString())
                .endsWith(CLEAR + "copied layout:%s:app:v1 %s (2.0 MB)\r\n".formatted(folder, image.digest()));
        }
    }

    private static boolean scripted() throws Exception {
        try {
            Process version = new ProcessBuilder("script", "--version").redirectErrorStream(true).start();
            return String.join(" ", version.inputReader().readAllLines()).contains("util-linux");
        }
        catch (IOException _) {
            return false;
        }
    }

    private FaultyRegistry serving(Image image) {
        Reply manifest = Reply.of(image.manifest());
        FaultyRegistry registry = new FaultyRegistry().on("GET", "/v2/", Reply.json("{}"));
        for (String reference : new String[] { "v1", image.digest().toString() }) {
            registry.on("HEAD", "/v2/app/manifests/" + reference, manifest)
                .on("GET", "/v2/app/manifests/" + reference, manifest);
        }
        image.blobs()
            .forEach((blob, bytes) -> registry.on("GET", "/v2/app/blobs/" + blob.digest(),
                    (exchange) -> half(exchange, blob, bytes)));
        return registry;
    }

    /** The second half comes once the bar has been seen. */
    private void half(HttpExchange exchange, Descriptor blob, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(200, blob.size());
        int first = bytes.length / 2;
        exchange.getResponseBody().write(bytes, 0, first);
        exchange.getResponseBody().flush();
        if (blob.mediaType().equals(Images.LAYER)) {
            await();
        }
        exchange.getResponseBody().write(bytes, first, bytes.length - first);
    }

    private void await() {
        try {
            this.seen.await(60, TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Process onTerminal(String... command) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java") + " -Xmx128m -XX:TieredStopAtLevel=1";
        ProcessBuilder builder = new ProcessBuilder("script", "-qec",
                java + " launch.Launch " + String.join(" ", command), "/dev/null");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    private void read(Process process) {
        try (Reader reader = process.inputReader()) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                this.screen.write(c);
            }
        }
        catch (IOException _) {
            // Its end.
        }
    }

}
