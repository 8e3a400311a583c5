package adapters.signed;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import oci.http.RequestSigner;
import oci.model.StopSignal;
import oci.model.WebUrl;

/** Signs requests by an account's key in a cloud's own way. */
public final class SignedRequests implements RequestSigner {

    private final SignatureScheme scheme;

    private final AccessKeys keys;

    private final Clock clock;

    SignedRequests(SignatureScheme scheme, AccessKeys keys, Clock clock) {
        this.scheme = scheme;
        this.keys = keys;
        this.clock = clock;
    }

    /** For Alibaba Cloud. */
    public static RequestSigner alibaba(AccessKeys keys) {
        return new SignedRequests(new AlibabaSignature(), keys, Clock.systemUTC());
    }

    /** For Huawei Cloud. */
    public static RequestSigner huawei(AccessKeys keys) {
        return new SignedRequests(new HuaweiSignature(), keys, Clock.systemUTC());
    }

    /** For a service of Tencent Cloud, such as {@code tcr}. */
    public static RequestSigner tencent(String service, AccessKeys keys) {
        return new SignedRequests(new TencentSignature(service), keys, Clock.systemUTC());
    }

    /** For a service of Volcengine in a region, such as {@code cr}. */
    public static RequestSigner volcengine(String region, String service, AccessKeys keys) {
        return new SignedRequests(new VolcengineSignature(region, service), keys, Clock.systemUTC());
    }

    /**
     * What a key says of a text, in hexadecimal digits: HMAC-SHA256, as some clouds
     * derive a password from a key.
     */
    public static String seal(AccessKey key, String text) {
        return CanonicalRequest
            .hex(CanonicalRequest.hmac(key.secret().reveal().getBytes(StandardCharsets.UTF_8), text));
    }

    @Override
    public Map<String, String> headers(String method, WebUrl url, byte[] body, StopSignal stop) {
        return headers(method, url, Map.of(), body, stop);
    }

    @Override
    public Map<String, String> headers(String method, WebUrl url, Map<String, String> own, byte[] body,
            StopSignal stop) {
        AccessKey key = this.keys.current(stop);
        Map<String, String> added = new HashMap<>(this.scheme.headers(key, this.clock.instant(), body));
        SortedMap<String, String> sent = new TreeMap<>();
        own.forEach((name, value) -> sent.put(name.toLowerCase(Locale.ROOT), value));
        added.forEach((name, value) -> sent.put(name.toLowerCase(Locale.ROOT), value));
        sent.put("host", url.authority());
        if (body.length > 0) {
            sent.put("content-type", "application/json");
        }
        SortedMap<String, String> signed = new TreeMap<>(sent);
        signed.keySet().removeIf((name) -> !this.scheme.covers(name));
        String query = url.query().isEmpty() ? "" : url.query().substring(1);
        added.put("Authorization", this.scheme.authorization(key, sent,
                new CanonicalRequest(method, this.scheme.path(url.path()), query, signed, body)));
        return added;
    }

}
