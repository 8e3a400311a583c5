package replication.bandwidth;

/** What a limit is set for. */
public sealed interface Limited {

    /** All that is moved. */
    record Everything() implements Limited {
    }

    /** What the tasks of a policy move. */
    record ByPolicy(long policyId) implements Limited {
    }

    /** What is read from a registry and written to it, each byte once. */
    record ByRegistry(long registryId) implements Limited {
    }

}
