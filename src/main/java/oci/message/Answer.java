package oci.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import oci.Streams;
import oci.limits.Permits;
import oci.model.MediaTypes;
import oci.model.WebUrl;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A registry's answer while its connection is held. */
public final class Answer implements AutoCloseable {

    private static final int WORTH_DRAINING = 64 * 1024;

    private static final int PEEKED = 64;

    private final HttpUriRequestBase request;

    private final ClassicHttpResponse response;

    private final Call call;

    private @Nullable InputStream stream;

    private Permits.@Nullable Permit permit;

    private ContentCoding coding;

    private final List<Runnable> onClose = new ArrayList<>();

    public Answer(HttpUriRequestBase request, ClassicHttpResponse response, Call call) {
        this.request = request;
        this.response = response;
        this.call = call;
        this.coding = ContentCoding.of(headers("Content-Encoding"));
    }

    /** Takes over a permit, which closing the answer gives back. */
    public void holds(Permits.@Nullable Permit given) {
        this.permit = given;
    }

    /** The permit, which the caller gives back from now on. */
    public Permits.@Nullable Permit takePermit() {
        Permits.Permit taken = this.permit;
        this.permit = null;
        return taken;
    }

    public void onClose(Runnable action) {
        this.onClose.add(action);
    }

    /** The request that was answered, after redirects. */
    public Call call() {
        return this.call;
    }

    /** The URL of the request, after redirects. */
    public WebUrl uri() {
        return this.call.uri();
    }

    public int status() {
        return this.response.getCode();
    }

    public boolean success() {
        return status() / 100 == 2;
    }

    /**
     * Whether the answer is a page for people, such as a captive portal or a gateway puts
     * in place of the registry's answer. The media type alone does not tell: some
     * registries send everything as HTML.
     */
    public boolean page() throws IOException {
        return mediaType().equals("text/html") && header("Docker-Distribution-API-Version").isEmpty()
                && ((this.response.getEntity() != null) ? looksLikePage()
                        : this.request.getMethod().equals("HEAD") && header("Docker-Content-Digest").isEmpty());
    }

    private boolean looksLikePage() throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(stream(), PEEKED);
        byte[] beginning = peeked.readNBytes(PEEKED);
        peeked.unread(beginning);
        this.stream = peeked;
        return new String(beginning, StandardCharsets.UTF_8).stripLeading().startsWith("<");
    }

    /** Empty where the answer does not say. */
    public String mediaType() {
        return MediaTypes.of(header("Content-Type").orElse(""));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(this.response.getFirstHeader(name)).map(Header::getValue).map(String::strip);
    }

    public List<String> headers(String name) {
        return Arrays.stream(this.response.getHeaders(name)).map(Header::getValue).toList();
    }

    /** All headers, by their names in any case. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : this.response.getHeaders()) {
            all.computeIfAbsent(header.getName(), (_) -> new ArrayList<>()).add(header.getValue());
        }
        return all;
    }

    /**
     * Whether the transfer is compressed, so that its lengths and ranges say nothing
     * about the content.
     */
    public boolean encoded() {
        return !this.coding.none();
    }

    /**
     * Tells the expected length of the content. Where the body as sent has that length,
     * its coding is the content's own. To be called before the body is read.
     */
    public void expect(long length) {
        if (length >= 0 && sentLength() == length) {
            this.coding = ContentCoding.of(List.of());
        }
    }

    /**
     * The length of the body, or for HEAD of the body that GET would bring; -1 where
     * unknown.
     */
    public long length() {
        return encoded() ? -1 : sentLength();
    }

    private long sentLength() {
        return header("Content-Length").map((text) -> Decimal.parse(text, 18).orElse(-1)).orElse(-1L);
    }

    public InputStream stream() throws IOException {
        if (this.stream == null) {
            HttpEntity entity = this.response.getEntity();
            this.stream = (entity != null) ? new EndedStream(this.coding.decode(entity.getContent(), what()))
                    : InputStream.nullInputStream();
        }
        return this.stream;
    }

    /** Without the query: a signed URL is a secret. */
    private String what() {
        return this.request.getMethod() + " " + uri().authority() + uri().shortPath();
    }

    /** The whole body. */
    public byte[] body(int most) throws IOException {
        byte[] body = stream().readNBytes(most + 1);
        if (body.length > most) {
            throw OversizeAnswer.body(most);
        }
        return body;
    }

    /** The beginning of the body. */
    public byte[] beginning(int most) throws IOException {
        return stream().readNBytes(most);
    }

    /** Reads a short remainder, so that the connection can serve again. */
    public void finish() throws IOException {
        stream().readNBytes(WORTH_DRAINING);
    }

    /**
     * Releases the connection. An unread remainder is cut off, because closing only the
     * response would read a blob to its end.
     */
    @Override
    public void close() {
        this.request.cancel();
        Streams.closeQuietly(this.response);
        this.onClose.forEach(Runnable::run);
        if (this.permit != null) {
            this.permit.close();
        }
    }

}
