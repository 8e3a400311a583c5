package api.registry;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.event.Hook;
import replication.event.Proof;

/**
 * A hook.
 *
 * @param sender empty if it is recognised by the form of a delivery
 * @param statusText the fault of the hook; empty if it works
 * @param url the path of this service that the registry posts to; shown once, when the
 * hook is created
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record HookView(long id, long registryId, String description, String sender, ProofView proof,
        @Nullable Instant creationTime, String statusText,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url) {

    static HookView of(Hook hook, @Nullable String url) {
        return new HookView(hook.id(), hook.registryId(), hook.description(), hook.sender(), ProofView.of(hook.proof()),
                hook.creationTime(), hook.proof().readable() ? "" : Hook.LOCKED, url);
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
