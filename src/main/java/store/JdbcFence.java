package store;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import replication.execution.Claim;

/** Gives a statement the parameters of {@link TaskClaims#FENCE}. */
final class JdbcFence {

    private JdbcFence() {
    }

    static StatementSpec bind(StatementSpec statement, Claim claim) {
        return statement.param("executionId", claim.key().executionId())
            .param("taskId", claim.key().taskId())
            .param("owner", claim.owner())
            .param("attempt", claim.attempt());
    }

}
