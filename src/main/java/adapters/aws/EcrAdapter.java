package adapters.aws;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import adapters.generic.Choices;
import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Artifact;
import oci.http.SdkHttp;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.RegistryAccess;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.RemoteRegistry;
import replication.Refusal;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.EventSetup;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.Setting;

/**
 * Private registries of Amazon ECR. Repositories are created with the settings' options
 * where an upload says that they are missing; tags are listed with their digests.
 */
public final class EcrAdapter implements RegistryAdapter {

    static final CredentialKind KEY = new CredentialKind("basic", "Access key",
            Setting.text("access_key", "the access key's id"), Setting.secret("access_secret", "the secret access key"),
            Setting.secret("session_token", "the session token of a temporary key").optional());

    static final CredentialKind AMBIENT = CredentialKind.ambient("aws",
            "Where Drayage runs: IRSA, Pod Identity, an instance role",
            Setting.text("role_arn", "a role to assume").optional(),
            Setting.text("external_id", "the external id that the role asks for").optional(),
            Setting.text("profile", "a profile that the operator allows").optional());

    private static final Setting MUTABILITY = Setting.choice("tag_mutability",
            "whether tags of created repositories can be overwritten", "MUTABLE", "IMMUTABLE",
            "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION");

    private static final Setting EXCLUSIONS = Setting.list("mutability_exclusions",
            "tags of the other kind, with * as a wildcard");

    private static final Setting SCAN = Setting.flag("scan_on_push", "scans what is pushed to created repositories",
            false);

    private static final Setting ENCRYPTION = Setting.choice("encryption",
            "how created repositories are encrypted, which cannot be changed later", "AES256", "KMS", "KMS_DSSE");

    private static final Setting KMS_KEY = Setting.text("kms_key", "the key of KMS, if not AWS's own").optional();

    private static final Setting TAGS = Setting.map("tags", "tags of created repositories");

    private static final Setting QUEUE = Setting
        .url("queue_url", "an SQS queue with the registry's events",
                AwsHosts.of("sqs.{region}", "sqs-fips.{region}", "{endpoint}.sqs.{region}.vpce"))
        .optional();

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("aws-ecr", "Amazon ECR", "Private registries of Amazon Elastic Container Registry")
        .withUrls("https://{account}.dkr.ecr.{region}.amazonaws.com",
                "https://{account}.dkr.ecr-fips.{region}.amazonaws.com",
                "https://{account}.dkr.ecr.{region}.amazonaws.com.cn",
                "https://{account}.dkr.ecr.{region}.amazonaws.eu", "https://{account}.dkr-ecr.{region}.on.aws",
                "https://{account}.dkr-ecr-fips.{region}.on.aws",
                "https://{account}.dkr-ecr.{region}.on.amazonwebservices.com.cn")
        .withCredentials(KEY, AMBIENT)
        .withSettings(Choices.CREATE, MUTABILITY, EXCLUSIONS, SCAN, ENCRYPTION, KMS_KEY, TAGS, QUEUE, EcrPlace.ACCOUNT,
                EcrPlace.REGION, EcrPlace.API)
        .withNames(new NameRules(1, Integer.MAX_VALUE, 256).withLevel("[a-z0-9]+(?:[._-][a-z0-9]+)*"))
        .withRates(Rates.NONE.with(Rates.Kind.MANIFEST_PUT, 10))
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.CREATE, Ability.DELETE_TAG, Ability.EVENTS,
                Ability.EVENTS_POLL, Ability.AMBIENT_LOGIN);

    private final HttpSettings http;

    private final HostLimits limits;

    private final Set<String> profiles;

    /**
     * Makes the adapter.
     * @param profiles those of AWS's configuration that registries may name
     */
    public EcrAdapter(HttpSettings http, HostLimits limits, Set<String> profiles) {
        this.http = http;
        this.limits = limits;
        this.profiles = Set.copyOf(profiles);
    }

    @Override
    public AdapterInfo info() {
        return INFO;
    }

    @Override
    public EventSetup events() {
        return EventSetup.unproven("ecr",
                "In EventBridge, create a rule for the pattern {\"source\": [\"aws.ecr\"], \"detail-type\": "
                        + "[\"ECR Image Action\"]}. Give it an API destination with the address {url}, or an SQS queue "
                        + "and name that queue as the registry's queue_url; then no hook is needed.");
    }

    @Override
    public boolean polls(Registry registry) {
        return !QUEUE.text(registry).isEmpty();
    }

    @Override
    public RegistryConnection connect(Registry registry) {
        allow(registry, this.profiles);
        ObjectNode options = options(registry);
        return GenericAdapter.overHttp(registry, () -> connect(registry, EcrPlace.of(registry), options));
    }

    /** Refuses a profile that the operator has not allowed. */
    static void allow(Registry registry, Set<String> profiles) {
        String profile = registry.credential().value("profile");
        if (!profile.isEmpty() && !profiles.contains(profile)) {
            throw new Refusal.Invalid("credential.profile",
                    "the operator allows no profile of this name; drayage.adapters.aws-profiles (DRAYAGE_AWS_PROFILES) names those that a registry may use");
        }
    }

    private GenericRegistry connect(Registry registry, EcrPlace place, ObjectNode options) {
        CredentialSource nobody = CredentialSource.of(new Credential.None());
        RegistryAccess stranger = registry.access(nobody);
        SdkHttp logins = new SdkHttp(stranger, (_) -> true, this.http, this.limits);
        AwsIdentity identity = AwsIdentity.of(registry.credential(), place.region(), logins);
        AwsApi aws = AwsApi.at(stranger.at(place.api(), nobody), identity, "ecr", place.region(),
                "AmazonEC2ContainerRegistry_V20150921", "1.1", this.http, this.limits);
        EcrApi api = new EcrApi(aws,
                place.account().isEmpty() ? AwsApi.object() : AwsApi.object().put("registryId", place.account()));
        Differences differences = new Differences(() -> repositories(api, aws.api().closing()),
                (repository, stop) -> artifacts(api, repository, stop),
                Choices.creates(registry) ? (repository, stop) -> create(api, repository, options, stop) : null,
                (repository, tag, _, stop) -> api.delete(repository, tag, stop));
        RemoteRegistry remote = RemoteRegistry.connect(registry.access((_) -> api.token(aws.api().closing())),
                differences, this.http, this.limits);
        String queue = QUEUE.text(registry);
        if (queue.isEmpty()) {
            return new GenericRegistry(remote, aws.api(), logins);
        }
        AwsApi sqs = AwsApi.at(stranger.at(URI.create(queue).resolve("/"), nobody), identity, "sqs", place.region(),
                "AmazonSQS", "1.0", this.http, this.limits);
        return new GenericRegistry(remote, aws.api(), sqs.api(), logins)
            .offering(new EcrQueue(sqs, queue, place.account(), place.region()));
    }

    private static Stream<String> repositories(EcrApi api, StopSignal stop) {
        return api.list("DescribeRepositories", AwsApi.object(), "repositories", stop)
            .map((repository) -> repository.path("repositoryName").asText());
    }

    private static Stream<Artifact> artifacts(EcrApi api, String repository, StopSignal stop) {
        ObjectNode request = EcrApi.of(repository);
        // Only active ones are listed otherwise, and an archived one has not gone.
        request.putObject("filter").put("tagStatus", "TAGGED").put("imageStatus", "ANY");
        return api.list("DescribeImages", request, "imageDetails", stop).flatMap(EcrAdapter::tags);
    }

    /** An image has several tags. An archived one cannot be pulled. */
    private static Stream<Artifact> tags(JsonNode image) {
        Instant pushed = Instant.ofEpochMilli((long) (image.path("imagePushedAt").asDouble() * 1000));
        String status = image.path("imageStatus").asText("ACTIVE");
        String type = image.path("imageManifestMediaType").asText("");
        return StreamSupport.stream(image.path("imageTags").spliterator(), false)
            .map((tag) -> new Artifact(tag.asText(), image.path("imageDigest").asText(), type, null, pushed, false))
            .map((artifact) -> status.equals("ACTIVE") ? artifact : artifact
                .withheld("ECR has archived it (%s), so it cannot be pulled until it is restored".formatted(status)));
    }

    private static void create(EcrApi api, String repository, ObjectNode options, StopSignal stop) {
        api.create(EcrApi.of(repository).setAll(options), stop);
    }

    /**
     * How repositories are created.
     * @throws Refusal.Invalid where the settings contradict each other
     */
    private static ObjectNode options(Registry registry) {
        ObjectNode options = AwsApi.object();
        String mutability = MUTABILITY.text(registry);
        List<String> exclusions = EXCLUSIONS.texts(registry);
        if (mutability.endsWith("_WITH_EXCLUSION") == exclusions.isEmpty()) {
            throw new Refusal.Invalid("settings.mutability_exclusions",
                    "settings.mutability_exclusions are given with a tag_mutability of …_WITH_EXCLUSION, and only with it");
        }
        options.put("imageTagMutability", mutability);
        if (!exclusions.isEmpty()) {
            ArrayNode filters = options.putArray("imageTagMutabilityExclusionFilters");
            exclusions.forEach((filter) -> filters.addObject().put("filterType", "WILDCARD").put("filter", filter));
        }
        options.putObject("imageScanningConfiguration").put("scanOnPush", SCAN.flag(registry));
        String key = KMS_KEY.text(registry);
        if (!key.isEmpty() && ENCRYPTION.text(registry).equals("AES256")) {
            throw new Refusal.Invalid("settings.kms_key",
                    "settings.kms_key is given with the encryption KMS or KMS_DSSE");
        }
        ObjectNode encryption = options.putObject("encryptionConfiguration")
            .put("encryptionType", ENCRYPTION.text(registry));
        if (!key.isEmpty()) {
            encryption.put("kmsKey", key);
        }
        tags(options, TAGS.textsByName(registry));
        return options;
    }

    static void tags(ObjectNode options, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            ArrayNode all = options.putArray("tags");
            tags.forEach((key, value) -> all.addObject().put("Key", key).put("Value", value));
        }
    }

}
