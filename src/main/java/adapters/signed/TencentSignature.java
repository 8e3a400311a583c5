package adapters.signed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** TC3-HMAC-SHA256, the third form of Tencent Cloud's signatures. */
record TencentSignature(String service) implements SignatureScheme {

    private static final String NAME = "TC3-HMAC-SHA256";

    @Override
    public Map<String, String> headers(AccessKey key, Instant now, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-TC-Timestamp", String.valueOf(now.getEpochSecond()));
        if (!key.token().isEmpty()) {
            headers.put("X-TC-Token", key.token().reveal());
        }
        return headers;
    }

    /** The values of other headers would have to be signed in lower case. */
    @Override
    public boolean covers(String name) {
        return name.equals("host") || name.equals("content-type");
    }

    @Override
    public String authorization(AccessKey key, Map<String, String> sent, CanonicalRequest request) {
        String time = sent.getOrDefault("x-tc-timestamp", "");
        String date = Instant.ofEpochSecond(Long.parseLong(time)).atZone(ZoneOffset.UTC).toLocalDate().toString();
        String scope = String.join("/", date, this.service, "tc3_request");
        byte[] signing = ("TC3" + key.secret().reveal()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date, this.service, "tc3_request")) {
            signing = CanonicalRequest.hmac(signing, part);
        }
        String signature = CanonicalRequest
            .hex(CanonicalRequest.hmac(signing, String.join("\n", NAME, time, scope, request.hash())));
        return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s".formatted(NAME, key.id(), scope, request.names(),
                signature);
    }

}
