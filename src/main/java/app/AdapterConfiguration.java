package app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import adapters.aliyun.AliyunAdapter;
import adapters.azure.AzureAdapter;
import adapters.aws.EcrAdapter;
import adapters.aws.EcrPublicAdapter;
import adapters.dockerhub.DockerHubAdapter;
import adapters.generic.DockerLogins;
import adapters.generic.GenericAdapter;
import adapters.ghcr.GhcrAdapter;
import adapters.gitea.GiteaAdapter;
import adapters.gitlab.GitLabAdapter;
import adapters.google.GoogleAdapter;
import adapters.harbor.HarborAdapter;
import adapters.huawei.SwrAdapter;
import adapters.jfrog.JfrogAdapter;
import adapters.layout.LayoutAdapter;
import adapters.presets.Preset;
import adapters.quay.QuayAdapter;
import adapters.tencent.TcrAdapter;
import adapters.volcengine.VolcengineAdapter;
import app.settings.AdapterSettings;
import app.settings.Settings;
import oci.limits.HostLimits;
import oci.net.HttpSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import replication.registry.Adapters;
import replication.registry.RegistryAdapter;

/**
 * The kinds of registries: each bean of type {@link RegistryAdapter} is one, and so is
 * each {@link Preset} and each that an operator's own jar brings.
 */
@Configuration(proxyBeanMethods = false)
class AdapterConfiguration {

    @Bean
    Adapters adapters(List<RegistryAdapter> adapters, Settings settings, HttpSettings http, HostLimits limits) {
        if (!settings.lib().isBlank()) {
            OwnAdapters.reportUnreadable(Path.of(settings.lib()));
        }
        List<RegistryAdapter> ours = Stream.concat(adapters.stream(), Preset.adapters(http, limits)).toList();
        return new Adapters(new OwnAdapters(http, limits).besides(ours, AdapterConfiguration.class.getClassLoader()),
                settings.adapters().forms());
    }

    // Any registry and any folder.

    @Bean
    RegistryAdapter genericAdapter(HttpSettings http, HostLimits limits, Settings settings) {
        AdapterSettings adapters = settings.adapters();
        return new GenericAdapter(http, limits,
                Optional.of(adapters.dockerConfig())
                    .filter((file) -> !file.isBlank())
                    .map((file) -> new DockerLogins(Path.of(file), adapters.credentialHelpers(), System.getenv())));
    }

    @Bean
    RegistryAdapter layoutAdapter(Settings settings) throws IOException {
        return new LayoutAdapter(Files.createDirectories(settings.layoutRoot()));
    }

    // Vendors, in alphabetical order.

    @Bean
    RegistryAdapter aliyunAcrAdapter(HttpSettings http, HostLimits limits) {
        return new AliyunAdapter(http, limits, System::getenv);
    }

    @Bean
    RegistryAdapter azureAdapter(HttpSettings http, HostLimits limits) {
        return new AzureAdapter(http, limits, System.getenv());
    }

    @Bean
    RegistryAdapter dockerHubAdapter(HttpSettings http, HostLimits limits) {
        return new DockerHubAdapter(http, limits);
    }

    @Bean
    RegistryAdapter ecrAdapter(HttpSettings http, HostLimits limits, Settings settings) {
        return new EcrAdapter(http, limits, settings.adapters().awsProfiles());
    }

    @Bean
    RegistryAdapter ecrPublicAdapter(HttpSettings http, HostLimits limits, Settings settings) {
        return new EcrPublicAdapter(http, limits, settings.adapters().awsProfiles());
    }

    @Bean
    RegistryAdapter ghcrAdapter(HttpSettings http, HostLimits limits) {
        return new GhcrAdapter(http, limits);
    }

    @Bean
    RegistryAdapter giteaAdapter(HttpSettings http, HostLimits limits) {
        return new GiteaAdapter(http, limits);
    }

    @Bean
    RegistryAdapter gitLabAdapter(HttpSettings http, HostLimits limits) {
        return new GitLabAdapter(http, limits);
    }

    @Bean
    RegistryAdapter googleAdapter(HttpSettings http, HostLimits limits) {
        return new GoogleAdapter(http, limits, System.getenv());
    }

    @Bean
    RegistryAdapter harborAdapter(HttpSettings http, HostLimits limits) {
        return new HarborAdapter(http, limits);
    }

    @Bean
    RegistryAdapter huaweiSwrAdapter(HttpSettings http, HostLimits limits) {
        return new SwrAdapter(http, limits);
    }

    @Bean
    RegistryAdapter jfrogAdapter(HttpSettings http, HostLimits limits) {
        return new JfrogAdapter(http, limits);
    }

    @Bean
    RegistryAdapter quayAdapter(HttpSettings http, HostLimits limits) {
        return new QuayAdapter(http, limits);
    }

    @Bean
    RegistryAdapter tencentTcrAdapter(HttpSettings http, HostLimits limits) {
        return new TcrAdapter(http, limits);
    }

    @Bean
    RegistryAdapter volcengineCrAdapter(HttpSettings http, HostLimits limits) {
        return new VolcengineAdapter(http, limits);
    }

}
