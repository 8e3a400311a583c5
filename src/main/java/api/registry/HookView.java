package api.registry;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.event.Hook;
import replication.event.HookToken;
import replication.event.Proof;
import replication.registry.EventSetup;

/**
 * A hook.
 *
 * @param sender empty if it is recognised by the form of a delivery
 * @param statusText the fault of the hook; empty if it works
 * @param url the path of this service that the registry posts to; shown once, when the
 * hook is created
 * @param setup what an operator does at the registry; empty if that is not known
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record HookView(long id, long registryId, String description, String sender, ProofView proof,
        @Nullable Instant creationTime, String statusText,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url, String setup) {

    private static final String UNKNOWN = "the hook's address, which was shown when it was created";

    static HookView of(Hook hook, EventSetup setup) {
        return of(hook, null, setup.text(UNKNOWN));
    }

    /** A hook that was just created. */
    static HookView of(Hook hook, HookToken token, EventSetup setup) {
        return of(hook, token.path(), setup.text("http(s)://<this service>" + token.path()));
    }

    private static HookView of(Hook hook, @Nullable String url, String setup) {
        return new HookView(hook.id(), hook.registryId(), hook.description(), hook.sender(), ProofView.of(hook.proof()),
                hook.creationTime(), hook.proof().readable() ? "" : Hook.LOCKED, url, setup);
    }

    /** A proof without its secret. */
    record ProofView(String type, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String header) {

        static ProofView of(Proof proof) {
            return switch (proof) {
                case Proof.None _ -> new ProofView("none", null);
                case Proof.Header header -> new ProofView("header", header.name());
                case Proof.Hmac hmac -> new ProofView("hmac", hmac.header());
                case Proof.StandardWebhook _ -> new ProofView("webhook", null);
            };
        }

    }

}
