package replication.access;

/** What somebody who has signed in may do. */
public enum Role {

    /** Everything. */
    ADMIN

}
