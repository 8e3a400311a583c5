package oci;

import java.util.Map;
import java.util.Optional;

/**
 * One way to authenticate that a server names (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by their name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(this.parameters.get(name));
    }

}
