package oci.auth;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import oci.http.Attempts;
import oci.http.Authorization;
import oci.http.Endpoint;
import oci.http.Wire;
import oci.message.Challenge;
import oci.message.ErrorBody;
import oci.message.Rejection;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.CredentialSource.Issued;
import oci.model.OutsideText;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates to one registry. A scheme that the registry has asked for once is used
 * unasked from then on, and a credential from the first request: it goes to the registry
 * itself only after it is clear that no token service should get it.
 */
public final class Authorizer implements Authorization {

    private static final int MOST_WORDS = 200;

    private final Endpoint endpoint;

    private final KeptCredential credential;

    private final Greeting greeting;

    private final TokenService service;

    private final StopSignal closing;

    private final TokenCache tokens;

    private final SingleFlight<Endpoint, AuthScheme> greetings = new SingleFlight<>();

    private volatile AuthScheme scheme = new AuthScheme.Unasked();

    public Authorizer(Endpoint endpoint, CredentialSource source, Wire wire, Attempts attempts, StopSignal closing,
            Clock clock) {
        this.endpoint = endpoint;
        this.credential = new KeptCredential(source, closing, clock);
        this.greeting = new Greeting(endpoint, wire, attempts);
        this.service = new TokenService(wire, attempts, clock);
        this.closing = closing;
        this.tokens = new TokenCache(clock);
    }

    @Override
    public @Nullable String header(List<Scope> scopes, StopSignal stop) {
        Credential current = this.credential.current(stop).credential();
        if (this.scheme instanceof AuthScheme.Unasked && !(current instanceof Credential.None)) {
            this.greetings.join(this.endpoint, () -> greet(current), stop);
        }
        return switch (this.scheme) {
            case AuthScheme.Unasked _, AuthScheme.Open _, AuthScheme.Direct _ -> own(current);
            case AuthScheme.Service named -> token(named, scopes, scopes, null, stop);
        };
    }

    private AuthScheme greet(Credential current) {
        if (this.scheme instanceof AuthScheme.Unasked) {
            this.scheme = AuthScheme.of(this.greeting.challenges(this.closing), current).orElse(new AuthScheme.Open());
        }
        return this.scheme;
    }

    @Override
    public boolean anonymousByToken() {
        return anonymous() && usesTokens();
    }

    private boolean anonymous() {
        return this.credential.current(this.closing).credential() instanceof Credential.None;
    }

    private boolean usesTokens() {
        return this.scheme instanceof AuthScheme.Service;
    }

    @Override
    public String admission() {
        Credential current = this.credential.current(this.closing).credential();
        String name = switch (current) {
            case Credential.None _ -> "";
            case Credential.Basic basic -> user(basic);
            case Credential.OAuth _ -> "the token";
        };
        if (name.isEmpty()) {
            return "let in without a login";
        }
        boolean asked = this.scheme instanceof AuthScheme.Direct || this.scheme instanceof AuthScheme.Service;
        return asked ? "let in as " + name
                : "let in without a login: the registry asked for none; %s goes along with each request"
                    .formatted(name);
    }

    /** Some registries take a token as user and password alike; it is never shown. */
    private static String user(Credential.Basic basic) {
        return basic.accessKey().equals(basic.accessSecret().reveal()) ? "the token"
                : OutsideText.line(basic.accessKey(), MOST_WORDS);
    }

    @Override
    public @Nullable String renew(Rejection rejection, @Nullable String sent, StopSignal stop) {
        List<Challenge> challenges = rejection.challenges();
        Issued current = this.credential.current(stop);
        AuthScheme.of(challenges, current.credential()).ifPresent((named) -> this.scheme = named);
        List<Scope> scopes = rejection.call().scopes();
        String renewed = switch (this.scheme) {
            case AuthScheme.Unasked _, AuthScheme.Open _, AuthScheme.Direct _ -> renewed(current, sent, stop);
            case AuthScheme.Service named -> token(named, scopes, wanted(scopes, challenges), refused(sent), stop);
        };
        return (renewed == null || renewed.equals(sent)) ? null : renewed;
    }

    @Override
    public void accepted(@Nullable String sent) {
        if (sent != null && this.scheme instanceof AuthScheme.Direct) {
            this.credential.works();
        }
    }

    private @Nullable String renewed(Issued current, @Nullable String sent, StopSignal stop) {
        String header = own(current.credential());
        return (header != null && header.equals(sent)) ? own(this.credential.insteadOf(current, stop).credential())
                : header;
    }

    private static @Nullable String refused(@Nullable String sent) {
        return (sent != null && sent.startsWith("Bearer ")) ? sent.substring("Bearer ".length()) : null;
    }

    @Override
    public boolean mayRipen(Rejection rejection) {
        boolean stranger = rejection.call().scopes().isEmpty() && anonymous();
        return rejection.status() == 401 && usesTokens() && !stranger
                && rejection.challenges()
                    .stream()
                    .noneMatch((challenge) -> challenge.parameter("error").orElse("").equals("insufficient_scope"));
    }

    /** Our scopes and those that the registry names besides. */
    private static List<Scope> wanted(List<Scope> scopes, List<Challenge> challenges) {
        List<Scope> wanted = new ArrayList<>(scopes);
        challenges.stream()
            .flatMap((challenge) -> challenge.parameter("scope").stream())
            .flatMap((text) -> OutsideText.words(text, ' ').stream())
            .map(Scope::parse)
            .filter((named) -> scopes.stream().noneMatch((scope) -> scope.covers(named)))
            .forEach(wanted::add);
        return wanted;
    }

    private String token(AuthScheme.Service named, List<Scope> scopes, List<Scope> wanted, @Nullable String refused,
            StopSignal stop) {
        return "Bearer " + this.tokens.get(scopes, refused, () -> fetch(trusted(named), wanted), stop).text();
    }

    private Token fetch(AuthScheme.Service named, List<Scope> wanted) {
        Issued current = this.credential.current(this.closing);
        try {
            Token token = this.service.fetch(named, wanted, current.credential(), this.closing);
            this.credential.works();
            return token;
        }
        catch (RegistryFailure.Unauthorized ex) {
            Issued other = this.credential.insteadOf(current, this.closing);
            if (other.equals(current)) {
                throw ex;
            }
            return this.service.fetch(named, wanted, other.credential(), this.closing);
        }
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

    /** The header for the registry itself; null for an anonymous caller. */
    static @Nullable String own(Credential credential) {
        return switch (credential) {
            case Credential.None _ -> null;
            case Credential.Basic basic -> header(basic);
            case Credential.OAuth oauth -> header(oauth);
        };
    }

    static String header(Credential.Basic basic) {
        String pair = basic.accessKey() + ":" + basic.accessSecret().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static String header(Credential.OAuth oauth) {
        return "Bearer " + oauth.token().reveal();
    }

}
