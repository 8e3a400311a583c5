package adapters.signed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Huawei Cloud's SDK-HMAC-SHA256. */
record HuaweiSignature() implements SignatureScheme {

    private static final String NAME = "SDK-HMAC-SHA256";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
        .withZone(ZoneOffset.UTC);

    @Override
    public Map<String, String> headers(AccessKey key, Instant now, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Sdk-Date", TIME.format(now));
        if (!key.token().isEmpty()) {
            headers.put("X-Security-Token", key.token().reveal());
        }
        return headers;
    }

    /** The path is signed as that of a folder, however it is sent. */
    @Override
    public String path(String sent) {
        return sent.endsWith("/") ? sent : sent + "/";
    }

    @Override
    public String authorization(AccessKey key, Map<String, String> sent, CanonicalRequest request) {
        byte[] secret = key.secret().reveal().getBytes(StandardCharsets.UTF_8);
        String signature = CanonicalRequest.hex(CanonicalRequest.hmac(secret,
                String.join("\n", NAME, sent.getOrDefault("x-sdk-date", ""), request.hash())));
        return "%s Access=%s, SignedHeaders=%s, Signature=%s".formatted(NAME, key.id(), request.names(), signature);
    }

}
