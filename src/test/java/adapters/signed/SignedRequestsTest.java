package adapters.signed;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.model.WebUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SignedRequestsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T16:09:44Z"), ZoneOffset.UTC);

    /**
     * As the vendors' own SDKs for Python sent them; all were given the secret «secret».
     */
    static List<JsonNode> recorded() throws IOException {
        try (InputStream file = Objects
            .requireNonNull(SignedRequestsTest.class.getResourceAsStream("/signed-requests.jsonl"))) {
            return JSON.readerFor(JsonNode.class).<JsonNode>readValues(file).readAll();
        }
    }

    @Test
    void six_requests_were_recorded() throws IOException {
        assertThat(recorded()).hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void a_signature_is_the_one_of_the_vendor_s_own_sdk(JsonNode request) {
        Map<String, String> headers = headers(request);
        String id = headers.getOrDefault("authorization", "").contains("AKIDtest") ? "AKIDtest" : "AKtest";
        byte[] body = request.get("b").asText().getBytes(StandardCharsets.UTF_8);

        assertThat(
                SignatureCheck.fault(request.get("m").asText(), request.get("p").asText(), headers, body, id, "secret"))
            .isEmpty();
        assertThat(SignatureCheck.fault(request.get("m").asText(), request.get("p").asText(), headers, body, id,
                "another"))
            .startsWith("the signature is wrong");
    }

    @Test
    void what_is_sent_is_signed_with_all_that_the_cloud_wants_signed() {
        AccessKeys keys = (_) -> new AccessKey("AKIDtest", new Secret("canary-secret"), new Secret("canary-token"));

        check(new TencentSignature("tcr"), keys, "X-TC-Action", "X-TC-Token");
        check(new VolcengineSignature("cn-beijing", "cr"), keys, "X-Any", "X-Security-Token");
        check(new HuaweiSignature(), keys, "X-Any", "X-Security-Token");
        check(new AlibabaSignature(), keys, "x-acs-action", "x-acs-security-token");

    }

    private static void check(SignatureScheme scheme, AccessKeys keys, String own, String token) {
        WebUrl url = WebUrl.of(URI.create("http://127.0.0.1:6000/v2/a%24b?b=2&a-b=0&a=1"));
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> mine = Map.of(own, "List", "x-acs-version", "2018-12-01");
        Map<String, String> added = new SignedRequests(scheme, keys, CLOCK).headers("POST", url, mine, body,
                new StopSignal());
        assertThat(added).containsEntry(token, "canary-token").doesNotContainKeys("host", "Host", "content-type");

        Map<String, String> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        received.putAll(mine);
        received.putAll(added);
        received.putAll(Map.of("Host", "127.0.0.1:6000", "Content-Type", "application/json"));
        Map<String, String> lower = new TreeMap<>();
        received.forEach((name, text) -> lower.put(name.toLowerCase(Locale.ROOT), text));
        assertThat(SignatureCheck.fault("POST", url.pathAndQuery(), lower, body, "AKIDtest", "canary-secret"))
            .isEmpty();
        assertThat(SignatureCheck.fault("GET", url.pathAndQuery(), lower, body, "AKIDtest", "canary-secret"))
            .isNotEmpty();
        assertThat(added.get("Authorization")).doesNotContain("canary");
    }

    private static Map<String, String> headers(JsonNode request) {
        Map<String, String> headers = new TreeMap<>();
        request.get("h").properties().forEach((header) -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

}
