package oci.listing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import oci.http.Endpoint;
import oci.http.HttpCaller;
import oci.message.Answer;
import oci.message.Call;
import oci.message.ErrorBody;
import oci.message.Json;
import oci.message.Rejection;
import oci.model.CarriedFailure;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Scope;

/** Finds out whether something is a registry and lets us in. */
public final class RegistryCheck {

    private static final int MOST = 64 * 1024;

    /**
     * In no registry that is known: what is asked of it is how an unknown name is told.
     */
    private static final String UNKNOWN = "drayage/check";

    private static final String API = "Docker-Distribution-API-Version";

    private final HttpCaller caller;

    private final Endpoint endpoint;

    public RegistryCheck(HttpCaller caller, Endpoint endpoint) {
        this.caller = caller;
        this.endpoint = endpoint;
    }

    public void run() {
        Call call = call("", List.of());
        try {
            this.caller.ask(call.judgedBy(RegistryCheck::judge), this.caller.closing(),
                    (answer) -> recognise(call, answer));
        }
        catch (RegistryFailure.Unauthorized ex) {
            // Harbor, for one, shows its front door to nobody without a name, and yet its
            // public projects.
            if (!this.caller.authorization().anonymousByToken()) {
                throw ex;
            }
        }
        catch (RegistryFailure.NotFound ex) {
            if (!listsRepositories() && !knowsNoName()) {
                throw new RegistryFailure.Permanent(String.valueOf(ex.getMessage()), ex);
            }
        }
    }

    private Call call(String path, List<Scope> scopes) {
        return Call.of("GET", this.endpoint.v2(path), "check " + this.endpoint.name(), scopes);
    }

    /**
     * The specification asks for the status alone (OCI distribution, "Determining
     * Support").
     */
    private static boolean recognise(Call call, Answer answer) throws IOException {
        String beginning = new String(answer.beginning(MOST), StandardCharsets.UTF_8).stripLeading();
        if (beginning.startsWith("<") && answer.header(API).isEmpty()) {
            throw new CarriedFailure(noRegistry(call, answer.status(), beginning));
        }
        return true;
    }

    private static RegistryFailure judge(Rejection rejection) {
        return switch (rejection.status()) {
            case 401,
                    403 ->
                rejection.challenges().isEmpty() && rejection.error().codes().isEmpty() ? noRegistry(rejection)
                        : new RegistryFailure.Unauthorized(
                                new Reason(rejection.message(), "the credential is wrong or missing"));
            case 400, 407, 408, 425, 429 -> rejection.failure();
            case 404 -> new RegistryFailure.NotFound(String.valueOf(noRegistry(rejection).getMessage()));
            default -> (rejection.status() >= 500) ? rejection.failure() : noRegistry(rejection);
        };
    }

    /** Some that serve all else do not serve the API's front door. */
    private boolean listsRepositories() {
        try {
            return this.caller.ask(call("_catalog?n=1", List.of(Scope.CATALOG)).judgedBy(RegistryCheck::unlessAway),
                    this.caller.closing(),
                    (answer) -> Json.lenient(answer.beginning(MOST)).path("repositories").isArray());
        }
        catch (RegistryFailure.Permanent | RegistryFailure.Unauthorized | RegistryFailure.NotFound _) {
            // Many do not let everybody list.
            return false;
        }
    }

    /** Whether it says of a name in a registry's words that it does not know it. */
    private boolean knowsNoName() {
        Call call = call(UNKNOWN + "/tags/list", List.of(Scope.repository(UNKNOWN, "pull")));
        try {
            return this.caller.ask(call.judgedBy(RegistryCheck::unlessAway), this.caller.closing(),
                    (answer) -> Json.lenient(answer.beginning(MOST)).has("tags"));
        }
        catch (RegistryFailure.NotFound _) {
            return true;
        }
        catch (RegistryFailure.Permanent _) {
            return false;
        }
    }

    private static RegistryFailure unlessAway(Rejection rejection) {
        boolean said = !rejection.error().codes().isEmpty() || !rejection.challenges().isEmpty();
        return switch (rejection.status()) {
            case 401, 403, 404 -> said ? rejection.failure() : noRegistry(rejection);
            default -> rejection.failure();
        };
    }

    private static RegistryFailure noRegistry(Rejection rejection) {
        return new RegistryFailure.Permanent("%s: this is no registry, it answered %s"
            .formatted(rejection.call().doing(), (rejection.status() + " " + rejection.error().words()).strip()));
    }

    private static RegistryFailure noRegistry(Call call, int status, String body) {
        return new RegistryFailure.Permanent("%s: this is no registry, it answered %d %s".formatted(call.doing(),
                status, ErrorBody.of(body.getBytes(StandardCharsets.UTF_8)).words()));
    }

}
