package adapters.google;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import oci.http.SdkHttp;
import org.jspecify.annotations.Nullable;

/** Has Google's library send its requests over a registry's way. */
final class GoogleTransport extends HttpTransport {

    private final SdkHttp http;

    GoogleTransport(SdkHttp http) {
        this.http = http;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Request(this.http, method, url);
    }

    private static final class Request extends LowLevelHttpRequest {

        private final Map<String, String> headers = new TreeMap<>();

        private final SdkHttp http;

        private final String method;

        private final String url;

        Request(SdkHttp http, String method, String url) {
            this.http = http;
            this.method = method;
            this.url = url;
        }

        @Override
        public void addHeader(String name, String value) {
            this.headers.put(name, value);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            if (getStreamingContent() != null) {
                getStreamingContent().writeTo(body);
                if (getContentType() != null) {
                    this.headers.put("Content-Type", getContentType());
                }
            }
            return new Response(this.http.send(this.method, this.url, this.headers, body.toByteArray()));
        }

    }

    private static final class Response extends LowLevelHttpResponse {

        private final SdkHttp.Reply reply;

        private final List<Map.Entry<String, String>> headers;

        Response(SdkHttp.Reply reply) {
            this.reply = reply;
            this.headers = reply.headers()
                .entrySet()
                .stream()
                .flatMap((header) -> header.getValue().stream().map((value) -> Map.entry(header.getKey(), value)))
                .toList();
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(this.reply.body());
        }

        /** The content is as it was before a transfer compressed it. */
        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public long getContentLength() {
            return this.reply.body().length;
        }

        @Override
        public @Nullable String getContentType() {
            return this.reply.headers().getOrDefault("Content-Type", List.of()).stream().findFirst().orElse(null);
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 " + this.reply.status();
        }

        @Override
        public int getStatusCode() {
            return this.reply.status();
        }

        @Override
        public String getReasonPhrase() {
            return "";
        }

        @Override
        public int getHeaderCount() {
            return this.headers.size();
        }

        @Override
        public String getHeaderName(int index) {
            return this.headers.get(index).getKey();
        }

        @Override
        public String getHeaderValue(int index) {
            return this.headers.get(index).getValue();
        }

    }

}
