package adapters.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

import oci.http.SdkHttp;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Sends what AWS's SDK asks over a registry's own way. */
record AwsHttp(SdkHttp http) implements SdkHttpClient {

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
        SdkHttp.Reply reply = this.http.send(request.httpRequest().method().name(),
                request.httpRequest().getUri().toString(), headers, body(request));
        SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        return HttpExecuteResponse.builder()
            .response(response.build())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(reply.body())))
            .build();
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
