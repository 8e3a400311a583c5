package oci;

import java.util.List;
import java.util.Optional;

import replication.registry.Credential;

/** How a registry wants to be authenticated to. */
sealed interface AuthScheme {

    /** It has not said so yet. */
    record Unasked() implements AuthScheme {
    }

    /** It lets anyone in, so far. */
    record Open() implements AuthScheme {
    }

    /** User name and password with every request. */
    record Password(Credential.Basic credential) implements AuthScheme {
    }

    /** The credential's own token with every request. */
    record OwnToken(Credential.OAuth credential) implements AuthScheme {
    }

    /** Tokens of a service (distribution, spec/auth/token.md). */
    record Service(String realm, Optional<String> service) implements AuthScheme {
    }

    /**
     * The best of the ways that a registry names and a credential can go: a token service
     * first. Empty where there is none.
     */
    static Optional<AuthScheme> of(List<Challenge> challenges, Credential credential) {
        for (Challenge challenge : challenges) {
            Optional<String> realm = challenge.parameter("realm");
            if (challenge.scheme().equals("bearer") && realm.isPresent() && !realm.get().isEmpty()) {
                return Optional.of(new Service(realm.get(), challenge.parameter("service")));
            }
        }
        return switch (credential) {
            case Credential.None _ -> Optional.empty();
            case Credential.OAuth oauth -> Optional.of(new OwnToken(oauth));
            case Credential.Basic basic -> challenges.stream()
                .filter((challenge) -> challenge.scheme().equals("basic"))
                .findFirst()
                .map((_) -> new Password(basic));
        };
    }

}
