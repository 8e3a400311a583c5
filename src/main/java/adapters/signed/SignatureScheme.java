package adapters.signed;

import java.time.Instant;
import java.util.Map;

/** The way in which one cloud wants requests signed. */
interface SignatureScheme {

    /** The headers that go along with a request, besides those of HTTP. */
    Map<String, String> headers(AccessKey key, Instant now, byte[] body);

    /**
     * Whether the signature covers a header.
     * @param name in lower case
     */
    default boolean covers(String name) {
        return name.equals("host") || name.equals("content-type") || name.startsWith("x-");
    }

    /** The path that is signed for one that is sent. */
    default String path(String sent) {
        return sent;
    }

    /**
     * The header {@code Authorization}.
     * @param sent all headers of the request, by their names in lower case
     */
    String authorization(AccessKey key, Map<String, String> sent, CanonicalRequest request);

}
