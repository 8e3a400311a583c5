package adapters.aws;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import adapters.generic.Choices;
import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Artifact;
import oci.http.SdkHttp;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.Reason;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.Paging;
import oci.remote.RemoteRegistry;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.Setting;

/**
 * Amazon ECR Public. Its API knows the account's own repositories, below the account's
 * aliases; those of others are read as the specification has it.
 */
public final class EcrPublicAdapter implements RegistryAdapter {

    /** The region that has the API. */
    private static final String REGION = "us-east-1";

    private static final Setting API = new Setting("api", Setting.Type.URL, "where the API is",
            "https://api.ecr-public.us-east-1.amazonaws.com", List.of("https://api.ecr-public.{region}.amazonaws.com"));

    private static final Setting DESCRIPTION = Setting.text("description", "of created repositories, in the gallery")
        .optional();

    private static final Setting TAGS = Setting.map("tags", "tags of created repositories");

    private static final Rates RATES = new Rates(Map.of(Rates.Kind.READ, 10, Rates.Kind.MANIFEST_PUT, 10,
            // An upload begins and ends, ten times a second each.
            Rates.Kind.WRITE, 20));

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("aws-ecr-public", "Amazon ECR Public", "public.ecr.aws, the public gallery of Amazon ECR")
        .withUrls("https://public.ecr.aws")
        .withTriggers("manual", "scheduled")
        .withCredentials(CredentialKind.NONE, EcrAdapter.KEY, EcrAdapter.AMBIENT)
        .withSettings(Choices.CREATE, DESCRIPTION, TAGS, API)
        .withNames(new NameRules(2, Integer.MAX_VALUE, 256))
        .withRates(RATES)
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG, Ability.AMBIENT_LOGIN);

    private final HttpSettings http;

    private final HostLimits limits;

    private final Set<String> profiles;

    /**
     * Makes the adapter.
     * @param profiles those of AWS's configuration that registries may name
     */
    public EcrPublicAdapter(HttpSettings http, HostLimits limits, Set<String> profiles) {
        this.http = http;
        this.limits = limits;
        this.profiles = Set.copyOf(profiles);
    }

    @Override
    public AdapterInfo info() {
        return INFO;
    }

    @Override
    public RegistryConnection connect(Registry registry) {
        EcrAdapter.allow(registry, this.profiles);
        return GenericAdapter.overHttp(registry,
                () -> registry.credential().type().equals("none") ? anonymous(registry) : withLogin(registry));
    }

    private GenericRegistry anonymous(Registry registry) {
        RegistryFailure nobody = new RegistryFailure.Permanent(
                new Reason("Amazon ECR Public lists the repositories of an account, and this registry has no login",
                        "a credential, or filters that name the repositories"),
                null);
        Differences differences = new Differences(() -> {
            throw nobody;
        }, null, null, null);
        return new GenericRegistry(RemoteRegistry.connect(registry.access(CredentialSource.of(new Credential.None())),
                differences, this.http, this.limits));
    }

    private GenericRegistry withLogin(Registry registry) {
        CredentialSource nobody = CredentialSource.of(new Credential.None());
        RegistryAccess stranger = registry.access(nobody);
        SdkHttp logins = new SdkHttp(stranger, (_) -> true, this.http, this.limits);
        AwsApi aws = AwsApi.at(stranger.at(URI.create(API.text(registry)), nobody),
                AwsIdentity.of(registry.credential(), REGION, logins), "ecr-public", REGION, "SpencerFrontendService",
                "1.1", this.http, this.limits);
        EcrApi api = new EcrApi(aws, AwsApi.object());
        Gallery gallery = new Gallery(api, registry, new EcrAliases((stop) -> aliases(api, stop), System::nanoTime));
        Differences differences = new Differences(() -> gallery.repositories(aws.api().closing()), gallery::artifacts,
                Choices.creates(registry) ? gallery::create : null,
                (repository, tag, _, stop) -> api.delete(gallery.own(repository, stop), tag, stop));
        return new GenericRegistry(RemoteRegistry.connect(registry.access((_) -> api.token(aws.api().closing())),
                differences, this.http, this.limits), aws.api(), logins);
    }

    private static Set<String> aliases(EcrApi api, StopSignal stop) {
        return api.list("DescribeRegistries", AwsApi.object(), "registries", stop)
            .flatMap((registries) -> Paging.items("DescribeRegistries", registries, "/aliases"))
            .map((alias) -> alias.path("name").asText())
            .collect(Collectors.toUnmodifiableSet());
    }

    /** The account's part of the gallery. */
    private record Gallery(EcrApi api, Registry registry, EcrAliases aliases) {

        Stream<String> repositories(StopSignal stop) {
            return this.api.list("DescribeRepositories", AwsApi.object(), "repositories", stop)
                .map((repository) -> repository.path("repositoryUri").asText())
                .map((uri) -> uri.substring(uri.indexOf('/') + 1));
        }

        Stream<Artifact> artifacts(String repository, StopSignal stop) {
            if (!isOwn(repository, stop)) {
                throw new RegistryFailure.Unsupported(repository + " is another account's, which the API does not list",
                        false);
            }
            return this.api.list("DescribeImageTags", EcrApi.of(own(repository, stop)), "imageTagDetails", stop)
                .map(Gallery::tag);
        }

        private static Artifact tag(JsonNode tag) {
            JsonNode image = tag.path("imageDetail");
            Instant pushed = Instant.ofEpochMilli((long) (image.path("imagePushedAt").asDouble() * 1000));
            return new Artifact(tag.path("imageTag").asText(), image.path("imageDigest").asText(),
                    image.path("imageManifestMediaType").asText(""), null, pushed, false);
        }

        void create(String repository, StopSignal stop) {
            ObjectNode wanted = EcrApi.of(own(repository, stop));
            String description = DESCRIPTION.text(this.registry);
            if (!description.isEmpty()) {
                wanted.putObject("catalogData").put("description", description);
            }
            EcrAdapter.tags(wanted, TAGS.textsByName(this.registry));
            this.api.create(wanted, stop);
        }

        /** The name that the API has for a repository, without the alias. */
        String own(String repository, StopSignal stop) {
            if (!isOwn(repository, stop)) {
                throw new RegistryFailure.Permanent(
                        new Reason("Amazon ECR Public: %s is not below an alias of the account".formatted(repository),
                                "the account's aliases are " + String.join(", ", this.aliases.known())),
                        null);
            }
            return repository.substring(repository.indexOf('/') + 1);
        }

        private boolean isOwn(String repository, StopSignal stop) {
            return this.aliases.has(repository.substring(0, Math.max(0, repository.indexOf('/'))), stop);
        }

    }

}
