package cli;

import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;

/** What every command takes that speaks to a service. */
@SuppressWarnings("NullAway.Init")
final class ServiceOptions {

    @Option(names = "--url", defaultValue = "${env:DRAYAGE_URL:-http://localhost:8080}",
            description = "the service; DRAYAGE_URL, or http://localhost:8080")
    private URI url;

    @Option(names = "--user", defaultValue = "${env:DRAYAGE_USER:-admin}",
            description = "the login's name; DRAYAGE_USER, or admin")
    private String user;

    @Option(names = "--password", defaultValue = "${env:DRAYAGE_PASSWORD:-}",
            description = "its password; others can see it here, so better DRAYAGE_PASSWORD")
    private String password;

    @Option(names = "--json", description = "tell it as JSON")
    private boolean json;

    Service service() {
        return new Service(this.url, this.user, this.password);
    }

    /** Says one thing, as JSON where that is asked for. */
    void say(JsonNode node, String words) {
        System.out.println(this.json ? node.toPrettyString() : words);
    }

}
