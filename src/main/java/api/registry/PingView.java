package api.registry;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import replication.registry.Health;

/** The result of checking a registry without saving it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PingView(String status, String statusText, String hint) {

    static PingView of(Health health) {
        return new PingView(health.status().id(), health.reason(), health.hint());
    }

}
