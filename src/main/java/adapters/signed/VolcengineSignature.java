package adapters.signed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Volcengine's HMAC-SHA256, which differs from AWS's fourth form by its names only. */
record VolcengineSignature(String region, String service) implements SignatureScheme {

    private static final String NAME = "HMAC-SHA256";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
        .withZone(ZoneOffset.UTC);

    @Override
    public Map<String, String> headers(AccessKey key, Instant now, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Date", TIME.format(now));
        headers.put("X-Content-Sha256", CanonicalRequest.hash(body));
        if (!key.token().isEmpty()) {
            headers.put("X-Security-Token", key.token().reveal());
        }
        return headers;
    }

    @Override
    public String authorization(AccessKey key, Map<String, String> sent, CanonicalRequest request) {
        String time = sent.getOrDefault("x-date", "");
        List<String> parts = List.of(time.substring(0, 8), this.region, this.service, "request");
        byte[] signing = key.secret().reveal().getBytes(StandardCharsets.UTF_8);
        for (String part : parts) {
            signing = CanonicalRequest.hmac(signing, part);
        }
        String scope = String.join("/", parts);
        String signature = CanonicalRequest
            .hex(CanonicalRequest.hmac(signing, String.join("\n", NAME, time, scope, request.hash())));
        return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s".formatted(NAME, key.id(), scope, request.names(),
                signature);
    }

}
