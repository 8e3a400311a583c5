package oci.auth;

import java.util.List;
import java.util.Optional;

import oci.message.Challenge;
import oci.model.Credential;

/** How a registry wants to be authenticated to. */
sealed interface AuthScheme {

    /** The registry has not said yet. */
    record Unasked() implements AuthScheme {
    }

    /**
     * The registry has asked for nothing so far. A credential is sent all the same,
     * because some registries show an anonymous caller only a part of their content.
     */
    record Open() implements AuthScheme {
    }

    /** The credential itself with every request. */
    record Direct() implements AuthScheme {
    }

    /** Tokens of a service (distribution, spec/auth/token.md). */
    record Service(String realm, Optional<String> service) implements AuthScheme {
    }

    /**
     * The best scheme that a registry offers and a credential can use, a token service
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
            case Credential.OAuth _ -> challenges.isEmpty() ? Optional.empty() : Optional.of(new Direct());
            case Credential.Basic _ -> challenges.stream()
                .filter((challenge) -> challenge.scheme().equals("basic"))
                .findFirst()
                .map((_) -> new Direct());
        };
    }

}
