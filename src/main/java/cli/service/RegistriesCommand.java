package cli.service;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

import cli.shared.Exit;
import cli.shared.Table;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import oci.model.Reason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drayage registries}. */
@Command(name = "registries", description = "Shows the registries and their health, or the repositories of one.")
@SuppressWarnings("NullAway.Init")
public final class RegistriesCommand implements Callable<Integer> {

    @Mixin
    private ServiceOptions options;

    @Parameters(paramLabel = "REGISTRY", arity = "0..1",
            description = "list the repositories of this one, by name or id")
    private @Nullable String registry;

    @Option(names = { "-q", "--query" }, paramLabel = "TEXT",
            description = "only repositories with this in their names")
    private @Nullable String query;

    @Override
    public Integer call() {
        Service service = this.options.service();
        if (this.registry != null) {
            return repositories(service, this.registry);
        }
        List<JsonNode> registries = service.list(Service.REGISTRIES + "?page_size=500");
        Table table = new Table("ID", "NAME", "TYPE", "URL", "STATUS", "WHY");
        registries.forEach((each) -> table.row(each.path("id").asText(), each.path("name").asText(),
                each.path("registry_type").asText(), each.path("url").asText(), each.path("status").asText(),
                new Reason(each.path("status_text").asText(""), each.path("hint").asText("")).toString()));
        return say(registries, table);
    }

    private int repositories(Service service, String of) {
        String path = Service.REGISTRIES + "/" + service.registry(of).path("id").asText()
                + "/repositories?page_size=500";
        List<JsonNode> repositories = service
            .list((this.query == null) ? path : path + "&q=" + URLEncoder.encode(this.query, StandardCharsets.UTF_8));
        Table table = new Table("REPOSITORY");
        repositories.forEach((each) -> table.row(each.path("name").asText()));
        return say(repositories, table);
    }

    private int say(List<JsonNode> items, Table table) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode().addAll(items);
        this.options.say(json, table.toString());
        return Exit.OK;
    }

}
