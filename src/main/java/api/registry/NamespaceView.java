package api.registry;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** A namespace of a registry. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record NamespaceView(String name) {
}
