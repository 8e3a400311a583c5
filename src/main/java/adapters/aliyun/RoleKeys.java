package adapters.aliyun;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import adapters.signed.AccessKey;
import adapters.signed.AccessKeys;
import adapters.signed.AnswerField;
import adapters.signed.QueryEncoding;
import com.fasterxml.jackson.databind.JsonNode;
import oci.message.Body;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import oci.remote.JsonApi;
import org.jspecify.annotations.Nullable;

/**
 * Keys for an hour of the RAM role that a pod of ACK has (RRSA): its token, which the
 * cluster renews, is exchanged for a key at Alibaba's STS.
 */
final class RoleKeys implements AccessKeys {

    private static final Duration LIFE = Duration.ofHours(1);

    private static final Duration BEFORE_END = Duration.ofMinutes(5);

    private static final String TOKEN_FILE = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";

    private static final String PROVIDER = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";

    private static final String ROLE = "ALIBABA_CLOUD_ROLE_ARN";

    private final JsonApi sts;

    private final Function<String, @Nullable String> environment;

    private final Clock clock;

    private final ReentrantLock asking = new ReentrantLock();

    private volatile @Nullable Held held;

    /**
     * Keys by the pod's environment.
     * @param sts the root of the STS
     * @param environment the variables of this process
     */
    RoleKeys(JsonApi sts, Function<String, @Nullable String> environment, Clock clock) {
        this.sts = sts.judgedBy(AcrApi.ERRORS);
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public AccessKey current(StopSignal stop) {
        Held known = this.held;
        if (known != null && this.clock.instant().isBefore(known.renewal())) {
            return known.key;
        }
        this.asking.lock();
        try {
            Held again = this.held;
            if (again == null || !this.clock.instant().isBefore(again.renewal())) {
                again = renewed(again, stop);
                this.held = again;
            }
            return again.key;
        }
        finally {
            this.asking.unlock();
        }
    }

    /** A key that has not ended is used on while the STS is away. */
    private Held renewed(@Nullable Held before, StopSignal stop) {
        try {
            return ask(stop);
        }
        catch (RegistryFailure ex) {
            if (before == null || !this.clock.instant().isBefore(before.end)) {
                throw ex;
            }
            return before;
        }
    }

    private Held ask(StopSignal stop) {
        byte[] form = QueryEncoding
            .query(Map.of("RoleArn", variable(ROLE), "OIDCProviderArn", variable(PROVIDER), "OIDCToken", token(),
                    "RoleSessionName", "drayage", "DurationSeconds", LIFE.toSeconds()))
            .getBytes(StandardCharsets.UTF_8);
        String query = QueryEncoding.query(Map.of("Action", "AssumeRoleWithOIDC", "Version", "2015-04-01", "Format",
                "JSON", "Timestamp", this.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
        JsonNode issued = this.sts.named("AssumeRoleWithOIDC")
            .post("/?" + query, new Body.Bytes("application/x-www-form-urlencoded", form), stop)
            .path("Credentials");
        return new Held(new AccessKey(told(issued, "AccessKeyId"), new Secret(told(issued, "AccessKeySecret")),
                new Secret(told(issued, "SecurityToken"))), end(told(issued, "Expiration")));
    }

    private static String told(JsonNode issued, String field) {
        return AnswerField.text("AssumeRoleWithOIDC", issued.path(field), field);
    }

    private static Instant end(String text) {
        try {
            return Instant.parse(text);
        }
        catch (DateTimeException _) {
            throw new RegistryFailure.Permanent("AssumeRoleWithOIDC: the answer's Expiration is no time");
        }
    }

    private String token() {
        try {
            return Files.readString(Path.of(variable(TOKEN_FILE))).strip();
        }
        catch (IOException ex) {
            throw new RegistryFailure.Permanent("the file that %s names cannot be read".formatted(TOKEN_FILE), ex);
        }
    }

    private String variable(String name) {
        String value = this.environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw new RegistryFailure.Unauthorized(
                    new Reason("there is no RAM role here: the environment has no " + name,
                            "ACK sets %s in a pod whose service account has a role (RRSA)"
                                .formatted(String.join(", ", List.of(ROLE, PROVIDER, TOKEN_FILE)))));
        }
        return value;
    }

    private record Held(AccessKey key, Instant end) {

        Instant renewal() {
            return this.end.minus(BEFORE_END);
        }

    }

}
