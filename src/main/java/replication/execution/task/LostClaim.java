package replication.execution.task;

/**
 * Another node has the task now, or it was stopped: this node must not write about it any
 * more.
 */
public final class LostClaim extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LostClaim(Claim claim) {
        super("task %s is no longer with %s at attempt %d".formatted(claim.key(), claim.owner(), claim.attempt()));
    }

}
