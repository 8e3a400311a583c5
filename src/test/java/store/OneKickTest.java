package store;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.flow.Starts;
import replication.execution.state.Mode;
import replication.policy.FilterKinds;
import replication.policy.Policy;
import replication.policy.PolicyEditor;
import replication.policy.Trigger;
import replication.registry.AdapterInfo;
import replication.registry.Adapters;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;

import static org.assertj.core.api.Assertions.assertThat;

/** A policy that runs once, from its start to its end. */
class OneKickTest {

    private static final Fixture FIXTURE = new Fixture();

    private final Starts starts = new Starts(FIXTURE.policies, new PolicyEditor(FIXTURE.policies, FIXTURE.registries,
            new Adapters(List.of(new Unreached())), FilterKinds.BUILT_IN), FIXTURE.executions);

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void its_triggers_start_nothing() {
        Policy like = FIXTURE.policy();
        FIXTURE.policies.delete(like.id());
        assertThat(like.triggers()).hasAtLeastOneElementOfType(Trigger.Event.class)
            .hasAtLeastOneElementOfType(Trigger.Scheduled.class);

        Execution once = this.starts.once(like, new Caller("ann"), Mode.APPLY);

        assertThat(FIXTURE.policies.find(once.policyId()))
            .hasValueSatisfying((policy) -> assertThat(policy.triggers()).containsExactly(new Trigger.Manual()));
        assertThat(FIXTURE.count("SELECT count(*) FROM schedule WHERE policy_id = " + once.policyId())).isZero();
    }

    /** Knows what it is, which is all that a start asks. */
    private static final class Unreached implements RegistryAdapter {

        @Override
        public AdapterInfo info() {
            return AdapterInfo.ofImages("oci", "", "");
        }

        @Override
        public RegistryConnection connect(Registry registry) {
            throw new IllegalStateException("a start connects to nothing");
        }

    }

}
