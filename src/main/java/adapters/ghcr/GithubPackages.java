package adapters.ghcr;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.remote.InTurn;
import oci.remote.JsonApi;
import oci.remote.Paging;

/**
 * The container packages of users and organizations (docs.github.com, REST API,
 * Packages).
 *
 * @param anonymous whether nobody is logged in, to whom the API lists nothing
 */
record GithubPackages(JsonApi json, boolean anonymous) {

    private static final String QUERY = "/packages?package_type=container&per_page=100";

    /** Those of some owners, or of the user that the token is of. */
    Stream<String> repositories(List<String> namespaces) {
        if (this.anonymous) {
            throw new RegistryFailure.Permanent(
                    new Reason("GitHub lists packages to those who are logged in, and this registry has no credential",
                            "name the repositories (a name filter), or give the registry a token"),
                    null);
        }
        if (namespaces.isEmpty()) {
            return names("/user" + QUERY);
        }
        return InTurn.of(namespaces.stream()
            .map((namespace) -> namespace.substring(0, (namespace + "/").indexOf('/')))
            .distinct(), this::ofOwner);
    }

    private Stream<String> ofOwner(String owner) {
        try {
            return names("/orgs/" + encoded(owner) + QUERY);
        }
        catch (RegistryFailure.NotFound _) {
            return ofUser(owner);
        }
    }

    private Stream<String> ofUser(String user) {
        try {
            return names("/users/" + encoded(user) + QUERY);
        }
        catch (RegistryFailure.NotFound _) {
            // Who is not there has no packages.
            return Stream.empty();
        }
    }

    private Stream<String> names(String path) {
        return this.json.items(path, "", Paging.link(), this.json.closing()).map(GithubPackages::name);
    }

    /** The registry has the names of owners in lower case. */
    private static String name(JsonNode found) {
        return (found.at("/owner/login").asText() + "/" + found.path("name").asText()).toLowerCase(Locale.ROOT);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

}
