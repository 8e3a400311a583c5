package replication.execution;

import java.util.Collection;

/** Computes executions' summaries from the rows of their tasks. */
public interface Summaries {

    /**
     * Computes the summaries anew and ends those executions of which all is discovered
     * and no task is open: one conditional update each, so that two nodes never both end
     * one.
     */
    void refresh(Collection<Long> executionIds);

    /**
     * Does the same for every open execution, so that a dead node leaves none behind.
     */
    void sweep();

}
