package oci;

import java.io.IOException;
import java.util.List;

import replication.registry.Credential;
import replication.registry.RegistryFailure;

/** Finds out whether something is a registry and lets us in. */
final class RegistryCheck {

    private static final int MOST = 64 * 1024;

    private final HttpCaller caller;

    private final Endpoint endpoint;

    private final Credential credential;

    RegistryCheck(HttpCaller caller, Endpoint endpoint, Credential credential) {
        this.caller = caller;
        this.endpoint = endpoint;
        this.credential = credential;
    }

    void run() {
        Call call = Call.of("GET", this.endpoint.v2(""), "check " + this.endpoint.name(), List.of())
            .judgedBy(RegistryCheck::judge);
        try {
            this.caller.ask(call, this.caller.closing(), (answer) -> recognise(call, answer));
        }
        catch (RegistryFailure.Unauthorized ex) {
            // Harbor, for one, shows its front door to nobody without a name, and yet its
            // public projects.
            if (!(this.credential instanceof Credential.None) || !this.caller.usesTokens()) {
                throw ex;
            }
        }
    }

    private static boolean recognise(Call call, Answer answer) throws IOException {
        byte[] body = answer.beginning(MOST);
        boolean telling = answer.header("Docker-Distribution-API-Version").isPresent();
        if (!telling && !Json.lenient(body).isObject()) {
            throw new CarriedFailure(new RegistryFailure.Permanent("%s: this is no registry, it answered %d %s"
                .formatted(call.doing(), answer.status(), ErrorBody.of(body).words())));
        }
        return true;
    }

    private static RegistryFailure judge(Rejection rejection) {
        return switch (rejection.status()) {
            case 401, 403 -> rejection.challenges().isEmpty() && rejection.error().codes().isEmpty()
                    ? noRegistry(rejection)
                    : new RegistryFailure.Unauthorized(rejection.message() + "; the credential is wrong or missing");
            case 400, 408, 425, 429 -> rejection.failure();
            default -> (rejection.status() >= 500) ? rejection.failure() : noRegistry(rejection);
        };
    }

    private static RegistryFailure noRegistry(Rejection rejection) {
        return new RegistryFailure.Permanent("%s: this is no registry, it answered %d %s"
            .formatted(rejection.call().doing(), rejection.status(), rejection.error().words()));
    }

}
