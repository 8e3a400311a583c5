package vendor;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import adapters.generic.Choices;
import adapters.generic.GenericRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Artifact;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryAccess;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.JsonApi;
import oci.remote.Paging;
import oci.remote.RemoteRegistry;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.Setting;

/**
 * A vendor with a key of its own that its API turns into tokens, which lists, creates and
 * deletes by that API.
 */
final class VendorAdapter implements RegistryAdapter {

    private static final Setting API = Setting.url("api", "where its API is");

    private static final Setting OPEN = Setting.flag("open", "lets everybody read what is created", false);

    private static final AdapterInfo INFO = AdapterInfo.ofImages("vendor", "Vendor", "A cloud with its own ways")
        .withUrls("http://127.0.0.1:{port}")
        .withTriggers("manual", "scheduled")
        .withCredentials(new CredentialKind("key", "Key", Setting.text("key_id", "the key's name"),
                Setting.secret("key_secret", "what was shown once")))
        .withSettings(API, Choices.CREATE, OPEN)
        .withNames(new NameRules(2, 2, 100))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG);

    private static final int PAGE = 2;

    static final int PER_SECOND = 40;

    private final HttpSettings http;

    private final HostLimits limits;

    VendorAdapter(HttpSettings http, HostLimits limits) {
        this.http = http;
        this.limits = limits;
    }

    @Override
    public AdapterInfo info() {
        return INFO;
    }

    @Override
    public RegistryConnection connect(Registry registry) {
        URI url = API.url(registry);
        RegistryAccess stranger = registry.access(CredentialSource.of(new Credential.None()));
        JsonApi login = JsonApi.at(stranger.at(url, stranger.credentials()), this.http, this.limits);
        CredentialSource tokens = (_) -> issue(login, registry.credential());
        JsonApi api = JsonApi.at(stranger.at(url, tokens).atMost(PER_SECOND), this.http, this.limits);
        Differences.Creation creation = (repository, stop) -> api.post("/repositories",
                object().put("name", repository).put("open", OPEN.flag(registry)), stop);
        Differences differences = new Differences(() -> repositories(api),
                (repository, stop) -> tags(api, repository, stop), Choices.creates(registry) ? creation : null,
                (repository, tag, _, stop) -> delete(api, repository, tag, stop));
        return new GenericRegistry(RemoteRegistry.connect(registry.access(tokens), differences, this.http, this.limits),
                login, api);
    }

    private static CredentialSource.Issued issue(JsonApi login, RegistryCredential key) {
        JsonNode token = login.post("/login",
                object().put("key_id", key.value("key_id")).put("key_secret", key.secret("key_secret").reveal()),
                login.closing());
        return new CredentialSource.Issued(new Credential.OAuth(new Secret(token.path("token").asText())),
                Instant.now().plusSeconds(token.path("expires_in").asLong()));
    }

    private static Stream<String> repositories(JsonApi api) {
        StopSignal stop = api.closing();
        return items(api.pages("/projects?size=" + PAGE, Paging.number("page", "", PAGE), stop), "").flatMap((
                project) -> items(api.pages("/projects/" + project.asText() + "/repositories", Paging.link(), stop), "")
                    .map((repository) -> project.asText() + "/" + repository.asText()));
    }

    private static Stream<Artifact> tags(JsonApi api, String repository, StopSignal stop) {
        return items(api.pages("/tags?repository=" + encoded(repository), Paging.token("from", "/next"), stop), "/tags")
            .map((tag) -> Artifact.tagged(tag.path("tag").asText(), tag.path("digest").asText()));
    }

    private static Optional<String> delete(JsonApi api, String repository, String tag, StopSignal stop) {
        api.delete("/tags?repository=%s&tag=%s".formatted(encoded(repository), encoded(tag)), stop);
        return Optional.empty();
    }

    private static Stream<JsonNode> items(Stream<JsonNode> pages, String pointer) {
        return pages.flatMap((page) -> StreamSupport.stream(page.at(pointer).spliterator(), false));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

}
