package oci;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import replication.execution.StopSignal;

/** The tokens of one registry connection, by what they allow. */
final class TokenCache {

    // A repository's tokens are of no use once it is copied.
    private static final int WORTH_SWEEPING = 1000;

    private final ConcurrentMap<List<Scope>, Token> tokens = new ConcurrentHashMap<>();

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
        if (this.tokens.size() >= WORTH_SWEEPING) {
            this.tokens.values().removeIf((token) -> !token.good(this.clock.instant()));
        }
        this.tokens.put(scopes, fresh);
        return fresh;
    }

    private @Nullable Token known(List<Scope> scopes, @Nullable String refused) {
        Token token = this.tokens.get(scopes);
        return (token != null && token.good(this.clock.instant()) && !token.text().equals(refused)) ? token : null;
    }

}
