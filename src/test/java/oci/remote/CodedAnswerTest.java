package oci.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import fixtures.Blobs;
import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.BlobContent;
import oci.ContentSource;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Descriptor;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is packed on the way is unpacked, and nothing else is. */
class CodedAnswerTest {

    private static final byte[] CONTENT = "some text, again and again. ".repeat(100).getBytes(StandardCharsets.UTF_8);

    private static final RawManifest MANIFEST = Blobs.manifest(CONTENT);

    private static final Descriptor BLOB = Blobs.describe(CONTENT);

    private static final String BLOB_PATH = "/v2/lib/app/blobs/" + BLOB.digest();

    private final FaultyRegistry faulty = new FaultyRegistry();

    private final RemoteRegistry registry = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(),
            Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));

    private final ContentSource source = this.registry.source("lib/app", new StopSignal());

    private final ContentTarget target = this.registry.target("lib/app", new StopSignal());

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_manifest_is_what_was_packed(Coding coding) {
        Reply reply = coding.reply(MANIFEST.bytes())
            .header("Content-Type", MANIFEST.mediaType())
            .header("Docker-Content-Digest", MANIFEST.digest().toString());
        for (String reference : List.of("1.0", MANIFEST.digest().toString())) {
            this.faulty.on("HEAD", path(reference), reply).on("GET", path(reference), reply);
            RawManifest came = this.source.manifest(reference);
            assertThat(came.bytes()).isEqualTo(MANIFEST.bytes());
            assertThat(came.digest()).isEqualTo(MANIFEST.digest());
            assertThat(this.source.head(reference)).map(Descriptor::digest).contains(MANIFEST.digest());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_blob_is_what_was_packed(Coding coding) throws IOException {
        this.faulty.on("GET", BLOB_PATH, coding.reply(CONTENT));
        assertThat(pulled(BLOB, 0)).isEqualTo(CONTENT);
        assertThat(pulled(BLOB, 1000)).isEqualTo(Arrays.copyOfRange(CONTENT, 1000, CONTENT.length));
    }

    @ParameterizedTest
    @EnumSource
    void a_list_and_a_refusal_are_what_was_packed(Coding coding) {
        this.faulty.on("GET", "/v2/lib/app/tags/list", coding.reply(utf8("{\"tags\": [\"1.0\"]}")))
            .on("GET", path("1.0"),
                    coding.reply(403, utf8("{\"errors\": [{\"code\": \"DENIED\", \"message\": \"no\"}]}")));
        assertThat(this.source.tags()).containsExactly("1.0");
        assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> this.source.manifest("1.0"))
            .withMessageContaining("403 DENIED \"no\"");
    }

    static Stream<byte[]> packed() {
        return Stream.of(Coding.GZIP.pack(CONTENT), Coding.DEFLATE.pack(CONTENT), Blobs.random(500, 1));
    }

    @ParameterizedTest
    @MethodSource("packed")
    void a_layer_that_is_packed_itself_stays_so(byte[] layer) throws IOException {
        Descriptor blob = Blobs.describe(layer);
        String path = "/v2/lib/app/blobs/" + blob.digest();
        this.faulty.on("GET", path, Reply.bytes(layer), Reply.chunked(layer),
                // As some stores call what was stored under its own coding.
                Reply.bytes(layer).header("Content-Encoding", "gzip"),
                Reply.bytes(layer).header("Content-Encoding", "br"),
                Reply.bytes(layer).header("Content-Encoding", "deflate"));
        for (int i = 0; i < 5; i++) {
            assertThat(pulled(blob, 0)).isEqualTo(layer);
        }
    }

    @Test
    void a_part_of_what_was_packed_is_not_taken_for_one_of_the_content() throws IOException {
        byte[] packed = Coding.GZIP.pack(CONTENT);
        this.faulty.on("GET", BLOB_PATH, (exchange) -> {
            boolean part = exchange.getRequestHeaders().containsKey("Range");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            if (part) {
                exchange.getResponseHeaders()
                    .set("Content-Range", "bytes 10-%d/%d".formatted(packed.length - 1, packed.length));
            }
            exchange.sendResponseHeaders(part ? 206 : 200, part ? packed.length - 10 : packed.length);
            exchange.getResponseBody().write(packed, part ? 10 : 0, part ? packed.length - 10 : packed.length);
        });
        assertThat(pulled(BLOB, 10)).isEqualTo(Arrays.copyOfRange(CONTENT, 10, CONTENT.length));
    }

    @ParameterizedTest
    @ValueSource(strings = { "br", "zstd", "gzip, br" })
    void what_cannot_be_unpacked_is_told(String coding) {
        this.faulty.on("GET", path("1.0"), Reply.bytes(MANIFEST.bytes()).header("Content-Encoding", coding));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.manifest("1.0"))
            .withMessageContaining("app/manifests/1.0: the answer is encoded as " + coding.replace("gzip, ", ""));
    }

    @Test
    void what_is_packed_many_times_is_not_read() {
        this.faulty.on("GET", path("1.0"),
                Reply.bytes(MANIFEST.bytes()).header("Content-Encoding", "gzip" + ", gzip".repeat(5000)));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.manifest("1.0"))
            .withMessageEndingWith("the answer is encoded 5001 times over");
    }

    @Test
    void what_unpacks_to_more_than_a_manifest_may_be_is_not_read() {
        Reply bomb = Reply.bytes(Coding.GZIP.pack(new byte[64 * 1024 * 1024])).header("Content-Encoding", "gzip");
        this.faulty.on("GET", path("1.0"), bomb);
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.manifest("1.0"))
            .withMessageContaining("bytes");
    }

    @Test
    void nothing_is_asked_for_packed() throws IOException {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        Reply noting = (exchange) -> {
            asked.add(exchange.getRequestMethod() + " "
                    + String.valueOf(exchange.getRequestHeaders().get("Accept-Encoding")));
            Reply.bytes(CONTENT).send(exchange);
        };
        for (String method : List.of("HEAD", "GET")) {
            this.faulty.on(method, BLOB_PATH, noting).on(method, path("1.0"), noting);
        }
        pulled(BLOB, 0);
        pulled(BLOB, 10);
        this.target.has(BLOB);
        this.source.head("1.0");
        assertThat(asked).containsExactlyInAnyOrder("HEAD [identity]", "GET [identity]");
    }

    @ParameterizedTest
    @ValueSource(strings = { "<html><body>a report</body></html>", "<!DOCTYPE html><p>documentation", "<svg/>" })
    void a_blob_that_happens_to_be_html_is_a_blob(String html) throws IOException {
        byte[] page = utf8(html);
        Descriptor blob = Blobs.describe(page);
        String path = "/v2/lib/app/blobs/" + blob.digest();
        Reply sized = Reply.bytes(page).header("Content-Type", "text/html");
        this.faulty
            .on("GET", path, sized, sized, Reply.chunked(page).header("Content-Type", "text/html"),
                    Coding.GZIP.reply(page).header("Content-Type", "text/html; charset=utf-8"), sized)
            .on("HEAD", path, sized);
        assertThat(pulled(blob, 0)).isEqualTo(page);
        assertThat(pulled(blob, 3)).isEqualTo(Arrays.copyOfRange(page, 3, page.length));
        assertThat(pulled(blob, 0)).as("of untold length").isEqualTo(page);
        assertThat(pulled(blob, 0)).as("packed").isEqualTo(page);
        assertThat(this.target.has(blob)).isTrue();
    }

    @Test
    void a_page_in_the_place_of_a_blob_is_none() {
        Reply page = Reply.body(200, "<html>Sign in</html>").header("Content-Type", "text/html");
        this.faulty.on("GET", BLOB_PATH, page).on("HEAD", BLOB_PATH, page);
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.blob(BLOB))
            .withMessageContaining("page of HTML");
        assertThat(this.target.has(BLOB)).isFalse();
    }

    private byte[] pulled(Descriptor blob, long from) throws IOException {
        try (BlobContent content = this.source.blob(blob, from)) {
            return content.stream().readAllBytes();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String path(String reference) {
        return "/v2/lib/app/manifests/" + reference;
    }

    /** How an answer is packed. */
    enum Coding {

        GZIP("gzip"), X_GZIP("x-gzip"), DEFLATE("deflate"), RAW_DEFLATE("Deflate"), TWICE("deflate, gzip"),
        NONE("identity"), MISNAMED("aws-chunked"), NOT_PACKED_AT_ALL("gzip");

        private final String header;

        Coding(String header) {
            this.header = header;
        }

        Reply reply(byte[] content) {
            return Reply.bytes(pack(content)).header("Content-Encoding", this.header);
        }

        Reply reply(int status, byte[] content) {
            return Reply.bytes(status, pack(content)).header("Content-Encoding", this.header);
        }

        byte[] pack(byte[] content) {
            return switch (this) {
                case GZIP, X_GZIP -> through(content, Coding::gzip);
                case DEFLATE -> through(content, DeflaterOutputStream::new);
                case RAW_DEFLATE ->
                    through(content, (out) -> new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, true)));
                case TWICE -> through(through(content, DeflaterOutputStream::new), Coding::gzip);
                case NONE, MISNAMED, NOT_PACKED_AT_ALL -> content;
            };
        }

        private static OutputStream gzip(OutputStream out) {
            try {
                return new GZIPOutputStream(out);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        private static byte[] through(byte[] content, UnaryOperator<OutputStream> packing) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = packing.apply(packed)) {
                new ByteArrayInputStream(content).transferTo(out);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
            return packed.toByteArray();
        }

    }

}
