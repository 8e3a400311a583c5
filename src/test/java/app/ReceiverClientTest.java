package app;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import fixtures.RawServer;
import fixtures.RawServer.Talk;
import oci.net.ProxyEnvironment;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReceiverClientTest {

    @ParameterizedTest
    @ValueSource(strings = { "HTTP/1.1 200 OK\r\nX: |x", "HTTP/1.1 200 OK\r\n|X: y\r\n", "HTTP/1.1 200 |O",
            "HTTP/1.1 200 OK\r\nX: y\r\n| z\r\n" })
    void a_receivers_head_without_an_end_is_one_failure(String head) throws IOException {
        int bar = head.indexOf('|');
        HttpClientBuilder builder = HttpClientBuilder.create();
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
                RawServer receiver = new RawServer().on("GET / ",
                        Talk.endless(head.substring(0, bar), head.substring(bar + 1)))) {
            new ReceiverClient(Duration.ofSeconds(60), timer, ProxyEnvironment.NONE).configureHttpClient(builder);
            try (CloseableHttpClient client = builder.build()) {
                assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.execute(new HttpGet(receiver.url()), (_) -> ""))
                    .withMessage("the answer's header is longer than 64 KiB");
            }
        }
    }

}
