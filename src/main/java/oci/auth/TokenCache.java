package oci.auth;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

import oci.model.Scope;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one registry connection, by what they allow, within a bound: what was
 * used least recently goes first, as a repository's tokens are of no use once it is
 * copied. Some registries' take several kilobytes and last for half an hour.
 */
final class TokenCache {

    static final int MOST = 1000;

    private final LinkedHashMap<List<Scope>, Token> tokens = new LinkedHashMap<>(16, 0.75f, true);

    private final SingleFlight<List<Scope>, Token> flights = new SingleFlight<>();

    private final Clock clock;

    TokenCache(Clock clock) {
        this.clock = clock;
    }

    /**
     * The token for some scopes; fetched, once for all who ask meanwhile, where there is
     * none that is good.
     * @param refused the text of a token that the registry did not accept
     */
    Token get(List<Scope> scopes, @Nullable String refused, Supplier<Token> fetch, StopSignal stop) {
        Token token = known(scopes, refused);
        return (token != null) ? token : this.flights.join(scopes, () -> renew(scopes, refused, fetch), stop);
    }

    private Token renew(List<Scope> scopes, @Nullable String refused, Supplier<Token> fetch) {
        Token landed = known(scopes, refused);
        if (landed != null) {
            return landed;
        }
        Token fresh = fetch.get();
        keep(scopes, fresh);
        return fresh;
    }

    private synchronized void keep(List<Scope> scopes, Token fresh) {
        this.tokens.put(scopes, fresh);
        if (this.tokens.size() > MOST) {
            this.tokens.pollFirstEntry();
        }
    }

    private synchronized @Nullable Token known(List<Scope> scopes, @Nullable String refused) {
        Token token = this.tokens.get(scopes);
        return (token != null && token.good(this.clock.instant()) && !token.text().equals(refused)) ? token : null;
    }

}
