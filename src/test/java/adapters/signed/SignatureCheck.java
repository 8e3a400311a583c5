package adapters.signed;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import oci.model.Secret;

/**
 * Checks a request's signature as a cloud does: from what was received, by the secret
 * that it knows.
 */
public final class SignatureCheck {

    private static final Pattern SIGNED = Pattern.compile("SignedHeaders=([^, ]+)");

    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d{8}/([^/]+)/([^/]+)/request,");

    private SignatureCheck() {
    }

    /**
     * What is wrong with a signature; empty if nothing is.
     * @param target path and query as they were received
     * @param headers by their names in lower case
     */
    public static String fault(String method, String target, Map<String, String> headers, byte[] body, String id,
            String secret) {
        String authorization = headers.getOrDefault("authorization", "");
        Matcher signed = SIGNED.matcher(authorization);
        if (!signed.find()) {
            return "the request is not signed: " + authorization;
        }
        TreeMap<String, String> covered = new TreeMap<>();
        for (String name : signed.group(1).split(";", -1)) {
            covered.put(name, headers.getOrDefault(name, ""));
        }
        SignatureScheme scheme = scheme(authorization);
        for (String name : headers.keySet()) {
            if (scheme instanceof AlibabaSignature && name.startsWith("x-acs-") && !covered.containsKey(name)) {
                return "the signature does not cover " + name;
            }
        }
        if (!covered.keySet().containsAll(required(scheme))) {
            return "the signature covers only " + covered.keySet();
        }
        int mark = target.indexOf('?');
        String path = (mark < 0) ? target : target.substring(0, mark);
        CanonicalRequest request = new CanonicalRequest(method, scheme.path(path),
                (mark < 0) ? "" : target.substring(mark + 1), covered, body);
        String expected = scheme.authorization(new AccessKey(id, new Secret(secret), new Secret("")), headers, request);
        return authorization.equals(expected) ? "" : "the signature is wrong: " + authorization;
    }

    private static List<String> required(SignatureScheme scheme) {
        return switch (scheme) {
            case TencentSignature _ -> List.of("content-type", "host");
            case VolcengineSignature _ -> List.of("host", "x-content-sha256", "x-date");
            case HuaweiSignature _ -> List.of("host", "x-sdk-date");
            default -> List.of("host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce",
                    "x-acs-version");
        };
    }

    private static SignatureScheme scheme(String authorization) {
        return switch (authorization.substring(0, authorization.indexOf(' '))) {
            case "TC3-HMAC-SHA256" -> new TencentSignature("tcr");
            case "SDK-HMAC-SHA256" -> new HuaweiSignature();
            case "ACS3-HMAC-SHA256" -> new AlibabaSignature();
            default -> {
                Matcher scope = SCOPE.matcher(authorization);
                yield scope.find() ? new VolcengineSignature(scope.group(1), scope.group(2))
                        : new VolcengineSignature("", "");
            }
        };
    }

}
