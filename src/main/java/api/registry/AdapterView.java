package api.registry;

import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import replication.ResourceType;
import replication.registry.AdapterInfo;

/** What an adapter declares of itself, by the proposal's names. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record AdapterView(String identity, String name, String description, List<String> supportResourceTypes,
        List<String> supportResourceFilters, List<String> supportTriggers, List<String> supportCredentialTypes) {

    static AdapterView of(AdapterInfo info) {
        return new AdapterView(info.identity(), info.name(), info.description(),
                info.resourceTypes().stream().map(ResourceType::id).toList(), info.filters(), info.triggers(),
                info.credentials());
    }

}
