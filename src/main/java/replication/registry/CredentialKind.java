package replication.registry;

import java.util.List;

/**
 * A way to prove who asks, as an adapter declares it.
 *
 * @param type its name in the API
 * @param label its name for people
 */
public record CredentialKind(String type, String label, List<Setting> fields) {

    /** Nothing is proven. */
    public static final CredentialKind NONE = new CredentialKind("none", "Anonymous");

    /** Named as the proposal names it. */
    public static final CredentialKind BASIC = new CredentialKind("basic", "User and password",
            Setting.text("access_key", "the user, the robot account or the key's id"),
            Setting.secret("access_secret", "the password, the token or the key's secret"));

    /** Named as the proposal names it. */
    public static final CredentialKind OAUTH = new CredentialKind("oauth", "OAuth token",
            Setting.text("access_key", "whose token it is, for those who read").optional(),
            Setting.secret("access_secret", "the refresh token, or where there is no token service, the bearer token"));

    public CredentialKind {
        fields = List.copyOf(fields);
    }

    public CredentialKind(String type, String label, Setting... fields) {
        this(type, label, List.of(fields));
    }

}
