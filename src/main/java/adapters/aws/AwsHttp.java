package adapters.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import oci.http.SdkHttp;
import oci.model.RegistryFailure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Sends what AWS's SDK asks over a registry's own way. It remembers how the last request
 * ended, which the SDK's chain of providers does not tell.
 */
final class AwsHttp implements SdkHttpClient {

    private final SdkHttp http;

    private volatile @Nullable RegistryFailure away;

    private volatile boolean refused;

    AwsHttp(SdkHttp http) {
        this.http = http;
    }

    /** What kept the last request from an answer, if that may pass. */
    Optional<RegistryFailure> away() {
        return Optional.ofNullable(this.away);
    }

    /** Whether the last request was answered by a refusal. */
    boolean refused() {
        return this.refused;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {

            @Override
            public HttpExecuteResponse call() {
                return send(request);
            }

            @Override
            public void abort() {
                // The deadlines of the registry end it.
            }
        };
    }

    private HttpExecuteResponse send(HttpExecuteRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.httpRequest().forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
        SdkHttp.Reply reply = reply(request, headers);
        SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        return HttpExecuteResponse.builder()
            .response(response.build())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(reply.body())))
            .build();
    }

    private SdkHttp.Reply reply(HttpExecuteRequest request, Map<String, String> headers) {
        try {
            SdkHttp.Reply reply = this.http.send(request.httpRequest().method().name(),
                    request.httpRequest().getUri().toString(), headers, body(request));
            this.refused = reply.status() / 100 == 4;
            this.away = null;
            return reply;
        }
        catch (RegistryFailure ex) {
            this.refused = false;
            this.away = ex.passing() ? ex : null;
            throw ex;
        }
    }

    private static byte[] body(HttpExecuteRequest request) {
        return request.contentStreamProvider().map((content) -> {
            try (InputStream stream = content.newStream()) {
                return stream.readAllBytes();
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }).orElseGet(() -> new byte[0]);
    }

    @Override
    public void close() {
        // The registry's connection closes it.
    }

}
