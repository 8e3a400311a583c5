package replication.execution.copy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import replication.ResourceType;

/** The handlers that there are, by the type of resource. */
public final class ResourceHandlers {

    private final Map<ResourceType, ResourceHandler> byType;

    public ResourceHandlers(List<ResourceHandler> handlers) {
        this.byType = handlers.stream()
            .collect(Collectors.toUnmodifiableMap(ResourceHandler::type, Function.identity()));
    }

    public Collection<ResourceHandler> all() {
        return this.byType.values();
    }

    /**
     * The handler of a type.
     * @throws IllegalStateException where this version has none
     */
    public ResourceHandler of(ResourceType type) {
        ResourceHandler handler = this.byType.get(type);
        if (handler == null) {
            throw new IllegalStateException("nothing here copies resources of the type \"%s\"".formatted(type.id()));
        }
        return handler;
    }

}
