package cli.service;

import java.util.List;
import java.util.concurrent.Callable;

import cli.shared.Exit;
import cli.shared.Table;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import oci.model.Reason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code drayage registries}. */
@Command(name = "registries", description = "Shows the registries and their health.")
@SuppressWarnings("NullAway.Init")
public final class RegistriesCommand implements Callable<Integer> {

    @Mixin
    private ServiceOptions options;

    @Override
    public Integer call() {
        List<JsonNode> registries = this.options.service().list(Service.REGISTRIES + "?page_size=500");
        ArrayNode json = JsonNodeFactory.instance.arrayNode().addAll(registries);
        Table table = new Table("ID", "NAME", "TYPE", "URL", "STATUS", "WHY");
        registries.forEach((registry) -> table.row(registry.path("id").asText(), registry.path("name").asText(),
                registry.path("registry_type").asText(), registry.path("url").asText(),
                registry.path("status").asText(),
                new Reason(registry.path("status_text").asText(""), registry.path("hint").asText("")).toString()));
        this.options.say(json, table.toString());
        return Exit.OK;
    }

}
