package adapters.signed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import oci.model.Digest;

/**
 * A request in the form that is signed: its lines in a fixed order, as all four clouds
 * have taken them from AWS.
 *
 * @param path as it is sent
 * @param query as it is sent, without its question mark
 * @param headers those that the signature covers, by their names in lower case
 */
@SuppressWarnings("ArrayRecordComponent")
record CanonicalRequest(String method, String path, String query, SortedMap<String, String> headers, byte[] body) {

    private static final String HMAC = "HmacSHA256";

    /** The names of the signed headers. */
    String names() {
        return String.join(";", this.headers.keySet());
    }

    /** The hash of the whole request. */
    String hash() {
        String lines = this.headers.entrySet()
            .stream()
            .map((header) -> header.getKey() + ":" + header.getValue().strip() + "\n")
            .collect(Collectors.joining());
        return hash(String
            .join("\n", this.method, this.path.isEmpty() ? "/" : this.path, sorted(), lines, names(), hash(this.body))
            .getBytes(StandardCharsets.UTF_8));
    }

    private String sorted() {
        return this.query.isEmpty() ? ""
                : Stream.of(this.query.split("&"))
                    .map((parameter) -> parameter.contains("=") ? parameter : parameter + "=")
                    .map((parameter) -> parameter.split("=", 2))
                    .sorted(Comparator.comparing((String[] pair) -> pair[0]).thenComparing((pair) -> pair[1]))
                    .map((pair) -> pair[0] + "=" + pair[1])
                    .collect(Collectors.joining("&"));
    }

    static String hash(byte[] content) {
        return Digest.sha256(content).hex();
    }

    /** The signature of a text, which is also the next key in a chain of keys. */
    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("this Java has no " + HMAC, ex);
        }
    }

    static String hex(byte[] signature) {
        return HexFormat.of().formatHex(signature);
    }

}
