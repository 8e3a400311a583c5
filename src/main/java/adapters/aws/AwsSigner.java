package adapters.aws;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import oci.http.RequestSigner;
import oci.model.StopSignal;
import oci.model.WebUrl;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Signs requests to one of AWS's services (Signature Version 4) by the SDK. */
final class AwsSigner implements RequestSigner {

    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private final AwsIdentity identity;

    private final String service;

    private final String region;

    private final String mediaType;

    /**
     * A signer.
     * @param service its name in signatures, such as {@code ecr}
     * @param mediaType of the bodies
     */
    AwsSigner(AwsIdentity identity, String service, String region, String mediaType) {
        this.identity = identity;
        this.service = service;
        this.region = region;
        this.mediaType = mediaType;
    }

    @Override
    public Map<String, String> headers(String method, WebUrl url, byte[] body, StopSignal stop) {
        return headers(method, url, Map.of(), body, stop);
    }

    /**
     * The signature covers the request's other headers as well, such as its operation.
     */
    @Override
    public Map<String, String> headers(String method, WebUrl url, Map<String, String> own, byte[] body,
            StopSignal stop) {
        AwsCredentials credentials = this.identity.credentials();
        Map<String, String> covered = new HashMap<>(own);
        covered.put("Content-Type", this.mediaType);
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create(url.toString()));
        covered.forEach(request::putHeader);
        Map<String, List<String>> signed = SIGNER
            .sign((sign) -> sign.identity(credentials)
                .request(request.build())
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, this.service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, this.region))
            .request()
            .headers();
        Map<String, String> added = new HashMap<>();
        signed.forEach((name, values) -> {
            if (!covered.containsKey(name) && !name.equalsIgnoreCase("Host")) {
                added.put(name, values.getFirst());
            }
        });
        return added;
    }

}
