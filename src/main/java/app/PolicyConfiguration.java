package app;

import java.time.Clock;
import java.util.List;

import api.policy.BandwidthApi;
import api.policy.PolicyApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import replication.bandwidth.Bandwidths;
import replication.policy.FilterKind;
import replication.policy.FilterKinds;
import replication.policy.Policies;
import replication.policy.PolicyEditor;
import replication.registry.Adapters;
import replication.registry.Registries;

/** How policies and limits of bandwidth are edited. */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

    @Bean
    FilterKinds filterKinds(List<FilterKind> others) {
        return new FilterKinds(others);
    }

    @Bean
    PolicyEditor policyEditor(Policies policies, Registries registries, Adapters adapters, FilterKinds filters) {
        return new PolicyEditor(policies, registries, adapters, filters);
    }

    @Bean
    PolicyApi policyApi(Policies policies, PolicyEditor editor, Clock clock) {
        return new PolicyApi(policies, editor, clock);
    }

    @Bean
    BandwidthApi bandwidthApi(Bandwidths bandwidths) {
        return new BandwidthApi(bandwidths);
    }

}
