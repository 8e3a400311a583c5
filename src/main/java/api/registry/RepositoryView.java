package api.registry;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** A repository of a registry. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record RepositoryView(String name) {
}
