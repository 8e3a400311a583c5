package oci;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import replication.WebUrl;
import replication.execution.StopSignal;
import replication.registry.Credential;
import replication.registry.RegistryFailure;

/**
 * Knows how one registry is authenticated to and says what to send with a request. What
 * the registry asked for once is sent unasked from then on.
 */
final class Authorizer {

    private final Endpoint endpoint;

    private final Credential credential;

    private final Greeting greeting;

    private final TokenService service;

    private final StopSignal closing;

    private final TokenCache tokens;

    private final SingleFlight<Endpoint, AuthScheme> greetings = new SingleFlight<>();

    private volatile AuthScheme scheme = new AuthScheme.Unasked();

    Authorizer(Endpoint endpoint, Credential credential, Wire wire, Attempts attempts, StopSignal closing) {
        this.endpoint = endpoint;
        this.credential = credential;
        this.greeting = new Greeting(endpoint, wire, attempts);
        this.service = new TokenService(wire, attempts, credential, Clock.systemUTC());
        this.closing = closing;
        this.tokens = new TokenCache(Clock.systemUTC());
    }

    /** The header for a request; null where it goes without. */
    @Nullable String header(List<Scope> scopes, StopSignal stop) {
        // Asked first where there is a credential: some registries show an anonymous
        // reader a shorter catalog rather than a challenge.
        if (this.scheme instanceof AuthScheme.Unasked && !(this.credential instanceof Credential.None)) {
            this.greetings.join(this.endpoint, this::greet, stop);
        }
        return header(this.scheme, scopes, scopes, null, stop);
    }

    boolean usesTokens() {
        return this.scheme instanceof AuthScheme.Service;
    }

    private AuthScheme greet() {
        if (this.scheme instanceof AuthScheme.Unasked) {
            this.scheme = AuthScheme.of(this.greeting.challenges(this.closing), this.credential)
                .orElse(new AuthScheme.Open());
        }
        return this.scheme;
    }

    /**
     * The header to try after a refusal.
     * @param sent what the refused request carried
     * @return null where there is nothing new to try
     */
    @Nullable String renew(Rejection rejection, @Nullable String sent, StopSignal stop) {
        List<Challenge> challenges = rejection.challenges();
        AuthScheme.of(challenges, this.credential).ifPresent((named) -> this.scheme = named);
        List<Scope> scopes = rejection.call().scopes();
        String refused = (sent != null && sent.startsWith("Bearer ")) ? sent.substring("Bearer ".length()) : null;
        String renewed = header(this.scheme, scopes, wanted(scopes, challenges), refused, stop);
        return (renewed == null || renewed.equals(sent)) ? null : renewed;
    }

    /** Ours and what the registry names beyond them. */
    private static List<Scope> wanted(List<Scope> scopes, List<Challenge> challenges) {
        List<Scope> wanted = new ArrayList<>(scopes);
        challenges.stream()
            .flatMap((challenge) -> challenge.parameter("scope").stream())
            .flatMap((text) -> Words.of(text, ' ').stream())
            .map(Scope::parse)
            .filter((named) -> scopes.stream().noneMatch((scope) -> scope.covers(named)))
            .forEach(wanted::add);
        return wanted;
    }

    private @Nullable String header(AuthScheme known, List<Scope> scopes, List<Scope> wanted, @Nullable String refused,
            StopSignal stop) {
        return switch (known) {
            case AuthScheme.Unasked _, AuthScheme.Open _ -> null;
            case AuthScheme.Password(Credential.Basic basic) -> header(basic);
            case AuthScheme.OwnToken(Credential.OAuth oauth) -> header(oauth);
            case AuthScheme.Service named -> "Bearer " + this.tokens
                .get(scopes, refused, () -> this.service.fetch(trusted(named), wanted, this.closing), stop)
                .text();
        };
    }

    private AuthScheme.Service trusted(AuthScheme.Service named) {
        String objection;
        try {
            objection = this.endpoint.origin().objection(WebUrl.parse(named.realm()));
        }
        catch (WebUrl.Malformed ex) {
            objection = String.valueOf(ex.getMessage());
        }
        if (!objection.isEmpty()) {
            throw new RegistryFailure.Permanent("authenticate to %s: its token service \"%s\" %s"
                .formatted(this.endpoint.name(), ErrorBody.firstWords(named.realm()), objection));
        }
        return named;
    }

    static String header(Credential.Basic basic) {
        String pair = basic.accessKey() + ":" + basic.accessSecret().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static String header(Credential.OAuth oauth) {
        return "Bearer " + oauth.token().reveal();
    }

}
