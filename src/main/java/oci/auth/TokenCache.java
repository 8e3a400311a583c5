package oci.auth;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.model.Scope;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one registry connection, by what they allow, within a bound: a
 * repository's tokens are of no use once it is copied, and some registries' take several
 * kilobytes and last for half an hour.
 */
final class TokenCache {

    static final int MOST = 1000;

    private final Cache<List<Scope>, Token> tokens = Caffeine.newBuilder()
        .maximumSize(MOST)
        .executor(Runnable::run)
        .build();

    private final SingleFlight<List<Scope>, Token> flights = new SingleFlight<>();

    private final Clock clock;

    TokenCache(Clock clock) {
        this.clock = clock;
    }

    /**
     * The token for some scopes. Where no good one is known, one is fetched for all
     * callers who ask meanwhile.
     * @param refused the text of a token that the registry did not accept
     */
    Token get(List<Scope> scopes, @Nullable String refused, Supplier<Token> fetch, StopSignal stop) {
        Token token = known(scopes, refused);
        return (token != null) ? token : this.flights.join(scopes, () -> renew(scopes, refused, fetch), stop);
    }

    private Token renew(List<Scope> scopes, @Nullable String refused, Supplier<Token> fetch) {
        Token token = known(scopes, refused);
        if (token == null) {
            token = fetch.get();
            this.tokens.put(scopes, token);
        }
        return token;
    }

    private @Nullable Token known(List<Scope> scopes, @Nullable String refused) {
        Token token = this.tokens.getIfPresent(scopes);
        return (token != null && token.good(this.clock.instant()) && !token.text().equals(refused)) ? token : null;
    }

}
