package oci.message;

import java.util.Map;
import java.util.Optional;

/**
 * One way to authenticate that a server names (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by their name in lower case
 */
public record Challenge(String scheme, Map<String, String> parameters) {

    public Challenge {
        parameters = Map.copyOf(parameters);
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(this.parameters.get(name));
    }

}
