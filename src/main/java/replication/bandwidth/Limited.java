package replication.bandwidth;

/** The traffic that a limit is set for. */
public sealed interface Limited {

    /** Everything that is moved. */
    record Everything() implements Limited {
    }

    /** The traffic of a policy's tasks. */
    record ByPolicy(long policyId) implements Limited {
    }

    /** The traffic from and to a registry, each byte once. */
    record ByRegistry(long registryId) implements Limited {
    }

}
