package oci.http;

import java.util.Map;

import oci.model.StopSignal;
import oci.model.WebUrl;

/**
 * Proves by headers who sends a request to a vendor's own API: by a signature over it, or
 * by a token in a header of the vendor's. Safe for many threads.
 */
@FunctionalInterface
public interface RequestSigner {

    /**
     * Signs a request. Called for each attempt, so that times and nonces are fresh; may
     * send requests of its own.
     * @param url as it is sent
     * @param body empty where there is none
     * @return the headers to add, which go to the API's own host only and are never
     * shown; {@code Authorization} may be among them
     */
    Map<String, String> headers(String method, WebUrl url, byte[] body, StopSignal stop);

    /**
     * The same for a signature that covers headers of the request.
     * @param own the headers that the request has already
     */
    default Map<String, String> headers(String method, WebUrl url, Map<String, String> own, byte[] body,
            StopSignal stop) {
        return headers(method, url, body, stop);
    }

}
