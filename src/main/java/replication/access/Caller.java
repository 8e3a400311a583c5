package replication.access;

import java.util.Set;

/**
 * Who wants something: a user who has signed in, or a part of the service that acts by
 * itself. Rows keep the name.
 *
 * @param name of the user; empty where nobody had to sign in
 * @param roles none of a part of the service
 */
public record Caller(String name, Set<Role> roles) {

    /**
     * The name of the first user, unless the settings or a client's options say another.
     */
    public static final String FIRST_USER = "admin";

    /** What the service does by itself. */
    public static final Caller DRAYAGE = new Caller("drayage");

    /** Of requests that need no sign-in. */
    public static final Caller NOBODY = new Caller("");

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Without any role. */
    public Caller(String name) {
        this(name, Set.of());
    }

}
