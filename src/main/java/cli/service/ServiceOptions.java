package cli.service;

import java.net.URI;
import java.net.URISyntaxException;

import cli.shared.CommandFailed;
import cli.shared.JsonTrees;
import cli.shared.Variables;
import com.fasterxml.jackson.databind.JsonNode;
import oci.net.ProxyEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import replication.access.Caller;

/** The options of all commands that call a service. */
final class ServiceOptions {

    @Option(names = "--url", description = "the service; DRAYAGE_URL, or http://localhost:8080")
    private @Nullable String url;

    @Option(names = "--user", description = "the login's name; DRAYAGE_USER, or admin")
    private @Nullable String user;

    @Option(names = "--password", description = "its password; others can see it here, so better DRAYAGE_PASSWORD")
    private @Nullable String password;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    Service service() {
        Variables variables = Variables.ofProcess();
        return new Service(address(variables.or(this.url, "DRAYAGE_URL", "http://localhost:8080")),
                variables.or(this.user, "DRAYAGE_USER", Caller.FIRST_USER),
                variables.or(this.password, "DRAYAGE_PASSWORD", ""), ProxyEnvironment.of(variables.environment()));
    }

    /** Refuses an address with a login, because messages show the address. */
    private static URI address(String text) {
        try {
            URI address = new URI(text);
            boolean http = "http".equalsIgnoreCase(address.getScheme())
                    || "https".equalsIgnoreCase(address.getScheme());
            if (http && address.getHost() != null && address.getRawUserInfo() == null) {
                return address;
            }
        }
        catch (URISyntaxException _) {
            // The message below omits the text, which may hold a password.
        }
        throw new CommandFailed("DRAYAGE_URL or --url is written http://host:port or https://host, without a login in "
                + "it; DRAYAGE_USER and DRAYAGE_PASSWORD are the login");
    }

    /** Prints a result in words, or as JSON if the user asks for it. */
    void say(JsonNode node, String words) {
        System.out.println(this.json ? JsonTrees.pretty(node) : words);
    }

}
