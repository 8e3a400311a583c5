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
import transfer.filter.LabelFilter;
import transfer.filter.LatestFilter;
import transfer.filter.PushedFilter;
import transfer.filter.TypeFilter;
import transfer.filter.VersionFilter;

/** How policies and limits of bandwidth are edited. */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

    @Bean
    FilterKinds filterKinds(List<FilterKind> others) {
        return new FilterKinds(others);
    }

    @Bean
    FilterKind labelFilter() {
        return new LabelFilter();
    }

    @Bean
    FilterKind versionFilter() {
        return new VersionFilter();
    }

    @Bean
    FilterKind latestFilter() {
        return LatestFilter.byTags();
    }

    @Bean
    FilterKind latestPushedFilter() {
        return LatestFilter.byTime();
    }

    @Bean
    FilterKind pushedFilter(Clock clock) {
        return new PushedFilter(clock);
    }

    @Bean
    FilterKind artifactTypeFilter() {
        return TypeFilter.ofArtifacts();
    }

    @Bean
    FilterKind mediaTypeFilter() {
        return TypeFilter.ofMedia();
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
