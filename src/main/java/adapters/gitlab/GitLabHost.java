package adapters.gitlab;

import java.net.URI;
import java.util.List;
import java.util.Map;

import oci.http.Origin;
import oci.limits.HostLimits;
import oci.message.Challenge;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Reason;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.model.WebUrl;
import oci.net.HttpSettings;
import oci.remote.JsonApi;
import oci.http.KeptConnections;
import oci.remote.RemoteRegistry;
import org.jspecify.annotations.Nullable;
import replication.registry.RegistryCredential;

/**
 * GitLab's API. The registry's token service is GitLab itself ({@code /jwt/auth}), which
 * names the host at the first request.
 */
final class GitLabHost implements KeptConnections {

    private static final String TOKEN_SERVICE = "/jwt/auth";

    private final RegistryAccess registry;

    private final String api;

    private final Secret token;

    private final HttpSettings http;

    private final HostLimits limits;

    private final StopSignal closing = new StopSignal();

    private volatile @Nullable JsonApi opened;

    /**
     * @param api where GitLab is; empty where the registry names it
     */
    GitLabHost(RegistryAccess registry, String api, RegistryCredential credential, HttpSettings http,
            HostLimits limits) {
        this.registry = registry;
        this.api = api;
        Secret own = credential.secret("api_token");
        this.token = own.isEmpty() ? credential.secret("access_secret") : own;
        this.http = http;
        this.limits = limits;
    }

    /** For requests that are of no task. */
    StopSignal closing() {
        return this.closing;
    }

    /**
     * The API. Those who want it first each ask the registry where it is.
     * @throws RegistryFailure where the registry does not name GitLab
     */
    JsonApi json(StopSignal stop) {
        this.closing.check();
        JsonApi json = this.opened;
        return (json != null) ? json : open(this.api.isEmpty() ? named(stop) : this.api);
    }

    /** Opens it once, without any I/O. */
    private synchronized JsonApi open(String gitlab) {
        JsonApi json = this.opened;
        if (json == null) {
            json = at(gitlab);
            this.opened = json;
        }
        if (this.closing.stopped()) {
            json.close();
        }
        return json;
    }

    private JsonApi at(String gitlab) {
        URI root = URI.create((gitlab.endsWith("/") ? gitlab.substring(0, gitlab.length() - 1) : gitlab) + "/api/v4");
        RegistryAccess access = this.registry.at(root, CredentialSource.of(new Credential.None()));
        Map<String, String> headers = this.token.isEmpty() ? Map.of() : Map.of("PRIVATE-TOKEN", this.token.reveal());
        return JsonApi.at(access, (_, _, _, _) -> headers, this.http, this.limits);
    }

    private List<Challenge> challenges(StopSignal stop) {
        StopSignal either = stop.apart();
        try (StopSignal.Registration _ = stop.onStop(either::stop);
                StopSignal.Registration _ = this.closing.onStop(either::stop)) {
            return RemoteRegistry.challenges(this.registry, this.http, this.limits, either);
        }
    }

    private String named(StopSignal stop) {
        return challenges(stop).stream()
            .flatMap((challenge) -> challenge.parameter("realm").stream())
            .filter((realm) -> realm.endsWith(TOKEN_SERVICE) && trusted(realm))
            .map((realm) -> realm.substring(0, realm.length() - TOKEN_SERVICE.length()))
            .findFirst()
            .orElseThrow(
                    () -> new RegistryFailure.Permanent(
                            new Reason(
                                    "the registry at %s does not name a GitLab as its token service"
                                        .formatted(this.registry.url().getAuthority()),
                                    "the setting api says where GitLab is"),
                            null));
    }

    private boolean trusted(String realm) {
        try {
            return Origin.of(WebUrl.of(this.registry.url())).objection(WebUrl.parse(realm)).isEmpty();
        }
        catch (WebUrl.Malformed _) {
            return false;
        }
    }

    @Override
    public boolean closeIdle() {
        JsonApi json = this.opened;
        return json == null || json.closeIdle();
    }

    @Override
    public void close() {
        this.closing.stop();
        JsonApi json = this.opened;
        if (json != null) {
            json.close();
        }
    }

}
