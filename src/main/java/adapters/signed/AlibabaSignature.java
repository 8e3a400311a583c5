package adapters.signed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** ACS3-HMAC-SHA256, the third form of Alibaba Cloud's signatures. */
record AlibabaSignature() implements SignatureScheme {

    private static final String NAME = "ACS3-HMAC-SHA256";

    @Override
    public Map<String, String> headers(AccessKey key, Instant now, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-acs-date", now.truncatedTo(ChronoUnit.SECONDS).toString());
        headers.put("x-acs-signature-nonce", UUID.randomUUID().toString());
        headers.put("x-acs-content-sha256", CanonicalRequest.hash(body));
        if (!key.token().isEmpty()) {
            headers.put("x-acs-security-token", key.token().reveal());
        }
        return headers;
    }

    @Override
    public String authorization(AccessKey key, Map<String, String> sent, CanonicalRequest request) {
        byte[] secret = key.secret().reveal().getBytes(StandardCharsets.UTF_8);
        String signature = CanonicalRequest.hex(CanonicalRequest.hmac(secret, String.join("\n", NAME, request.hash())));
        return "%s Credential=%s,SignedHeaders=%s,Signature=%s".formatted(NAME, key.id(), request.names(), signature);
    }

}
