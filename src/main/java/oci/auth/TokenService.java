package oci.auth;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import oci.http.Attempts;
import oci.http.Wire;
import oci.message.Answer;
import oci.message.Body;
import oci.message.Call;
import oci.message.Json;
import oci.message.Rejected;
import oci.message.Rejection;
import oci.model.CarriedFailure;
import oci.model.Credential;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.model.WebUrl;
import org.apache.hc.client5.http.utils.DateUtils;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens from the service that a registry names (distribution, spec/auth/token.md
 * and oauth.md).
 */
final class TokenService {

    private static final int MOST = 1024 * 1024;

    private final Wire wire;

    private final Attempts attempts;

    private final Clock clock;

    TokenService(Wire wire, Attempts attempts, Clock clock) {
        this.wire = wire;
        this.attempts = attempts;
        this.clock = clock;
    }

    Token fetch(AuthScheme.Service service, List<Scope> scopes, Credential credential, StopSignal stop) {
        return switch (credential) {
            case Credential.None _ -> ask(get(service, scopes, ""), null, stop);
            case Credential.Basic basic -> ask(get(service, scopes, basic.accessKey()), Authorizer.header(basic), stop);
            case Credential.OAuth oauth -> refresh(service, scopes, oauth, stop);
        };
    }

    private Token refresh(AuthScheme.Service service, List<Scope> scopes, Credential.OAuth oauth, StopSignal stop) {
        try {
            return ask(post(service, scopes, oauth), null, stop);
        }
        catch (Unsupported _) {
            return ask(get(service, scopes, ""), Authorizer.header(oauth), stop);
        }
    }

    private Call get(AuthScheme.Service service, List<Scope> scopes, String account) {
        List<String> query = new ArrayList<>();
        service.service().ifPresent((name) -> query.add(pair("service", name)));
        scopes.forEach((scope) -> query.add(pair("scope", scope.toString())));
        if (!account.isEmpty()) {
            query.add(pair("account", account));
        }
        WebUrl realm = WebUrl.parse(service.realm());
        return call("GET", query.isEmpty() ? realm : realm.and(String.join("&", query)), scopes);
    }

    private Call post(AuthScheme.Service service, List<Scope> scopes, Credential.OAuth oauth) {
        List<String> form = new ArrayList<>(List.of("grant_type=refresh_token", "client_id=drayage"));
        service.service().ifPresent((name) -> form.add(pair("service", name)));
        if (!scopes.isEmpty()) {
            form.add(pair("scope", scopes.stream().map(Scope::toString).collect(Collectors.joining(" "))));
        }
        form.add(pair("refresh_token", oauth.token().reveal()));
        return call("POST", WebUrl.parse(service.realm()), scopes)
            .with(new Body.Bytes("application/x-www-form-urlencoded",
                    String.join("&", form).getBytes(StandardCharsets.UTF_8)))
            .judgedBy(TokenService::unlessUnsupported);
    }

    private static Call call(String method, WebUrl uri, List<Scope> scopes) {
        String what = scopes.isEmpty() ? ""
                : scopes.stream().map(Scope::toString).collect(Collectors.joining(" ", " for ", ""));
        return Call.of(method, uri, "get a token%s from %s".formatted(what, uri.authority()), List.of())
            .judgedBy(TokenService::judge);
    }

    private static RegistryFailure judge(Rejection rejection) {
        return switch (rejection.status()) {
            case 400, 401, 403 -> new RegistryFailure.Unauthorized(
                    new Reason(rejection.message(), "the credential is wrong, or may not do this"));
            // A missing token service says nothing about the resource.
            case 404 -> new RegistryFailure.Permanent(rejection.message());
            default -> rejection.failure();
        };
    }

    private static RegistryFailure unlessUnsupported(Rejection rejection) {
        boolean unsupported = switch (rejection.status()) {
            case 404, 405 -> true;
            case 401 -> rejection.error().says("UNSUPPORTED");
            default -> false;
        };
        if (unsupported) {
            throw new Unsupported();
        }
        return judge(rejection);
    }

    private Token ask(Call call, @Nullable String authorization, StopSignal stop) {
        return this.attempts.run(call, stop, () -> {
            Answer answer = this.wire.send(call, authorization, stop);
            if (!answer.success()) {
                throw new Rejected(Rejection.of(call, answer));
            }
            try (answer) {
                return read(call, answer);
            }
        });
    }

    private Token read(Call call, Answer answer) throws IOException {
        Instant now = this.clock.instant();
        Instant theirs = answer.header("Date").map(DateUtils::parseStandardDate).orElse(now);
        byte[] body = answer.body(MOST);
        Optional<TokenAnswer> read = TokenAnswer.read(Json.lenient(body), theirs);
        if (read.isEmpty()) {
            String message = call.doing() + ": the service answered without a usable token";
            throw new CarriedFailure(Json.cut(body) ? new RegistryFailure.Transient(message, null)
                    : new RegistryFailure.Permanent(message));
        }
        return Token.lasting(read.get().token(), read.get().life(), now);
    }

    private static String pair(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The service does not support OAuth2. */
    private static final class Unsupported extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unsupported() {
            super("no POST", null, false, false);
        }

    }

}
