package adapters.azure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import oci.http.SdkHttp;

/** Has Microsoft's library send its requests over a registry's way. */
record EntraTransport(SdkHttp http) implements IHttpClient {

    @Override
    public IHttpResponse send(HttpRequest request) {
        byte[] body = Objects.requireNonNullElse(request.body(), "").getBytes(StandardCharsets.UTF_8);
        return new Response(this.http.send(request.httpMethod().name(), request.url().toString(),
                Objects.requireNonNullElse(request.headers(), Map.of()), body));
    }

    private record Response(SdkHttp.Reply reply) implements IHttpResponse {

        @Override
        public int statusCode() {
            return this.reply.status();
        }

        @Override
        public Map<String, List<String>> headers() {
            return this.reply.headers();
        }

        @Override
        public String body() {
            return new String(this.reply.body(), StandardCharsets.UTF_8);
        }

    }

}
