package api.registry;

import java.util.Set;

import api.Bounded;
import api.Required;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.re2j.Pattern;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.event.Hook;
import replication.event.Proof;

/**
 * A hook as a client writes it.
 *
 * @param sender the kind of sender; by default it is recognised by the form of a delivery
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties({ "id", "registry_id", "creation_time", "status_text", "url" })
public record HookRequest(@Nullable String description, @Nullable String sender, @Nullable ProofRequest proof) {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    public Hook toHook(long registryId, Set<String> senders) {
        String from = Bounded.text("sender", this.sender, Bounded.ACCOUNT);
        if (!from.isEmpty() && !senders.contains(from)) {
            throw new Refusal.Invalid("sender",
                    "no sender \"%s\"; there are %s".formatted(from, String.join(", ", senders)));
        }
        return new Hook(0, registryId, Bounded.text("description", this.description, Bounded.DESCRIPTION), from,
                (this.proof != null) ? this.proof.toProof() : new Proof.None(), null);
    }

    /**
     * The proof of a delivery besides the path.
     *
     * @param type {@code none}, {@code header} (a header has the secret), {@code hmac} (a
     * header has the HMAC-SHA256 of the body) or {@code webhook} (Standard Webhooks)
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record ProofRequest(@Nullable String type, @Nullable String header, @Nullable String secret) {

        Proof toProof() {
            String kind = Required.text("proof.type", this.type, Bounded.ACCOUNT);
            return switch (kind) {
                case "none" -> new Proof.None();
                case "header" -> new Proof.Header(name(), key());
                case "hmac" -> new Proof.Hmac(name(), key());
                case "webhook" -> new Proof.StandardWebhook(key());
                default -> throw new Refusal.Invalid("proof.type", "a proof is none, header, hmac or webhook");
            };
        }

        private String name() {
            String given = Required.text("proof.header", this.header, Bounded.ACCOUNT);
            if (!HEADER.matcher(given).matches()) {
                throw new Refusal.Invalid("proof.header", "this is no name of a header");
            }
            return given;
        }

        private Secret key() {
            return new Secret(Required.text("proof.secret", this.secret, Bounded.SECRET));
        }

        /** The text leaves out the secret. */
        @Override
        public String toString() {
            return "ProofRequest[type=" + this.type + ", header=" + this.header + "]";
        }

    }

}
