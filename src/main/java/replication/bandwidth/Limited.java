package replication.bandwidth;

/** The traffic that a limit is set for. */
public sealed interface Limited {

    /** All traffic. */
    record Everything() implements Limited {
    }

    /** The traffic of a policy's tasks. */
    record ByPolicy(long policyId) implements Limited {
    }

    /** The traffic from and to a registry; each byte counts once. */
    record ByRegistry(long registryId) implements Limited {
    }

}
