package adapters.aws;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import oci.http.SdkHttp;
import oci.model.Reason;
import oci.model.RegistryFailure;
import replication.registry.RegistryCredential;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/**
 * Who asks AWS: a saved access key, or what the machine has by AWS's default chain, and
 * by either a role. Role and web identity ask STS through the registry's proxy, with its
 * authorities and deadlines; what the machine itself answers (the metadata server, Pod
 * Identity's agent) is asked directly.
 */
final class AwsIdentity {

    private final Supplier<AwsCredentials> provider;

    private final AwsHttp sts;

    private volatile boolean obtained;

    private AwsIdentity(AwsCredentialsProvider provider, AwsHttp sts) {
        this.provider = provider::resolveCredentials;
        this.sts = sts;
    }

    /** The identity of a registry's credential, without any I/O. */
    static AwsIdentity of(RegistryCredential credential, String region, SdkHttp logins) {
        AwsHttp http = new AwsHttp(logins);
        if (credential.type().equals("basic")) {
            return new AwsIdentity(StaticCredentialsProvider.create(key(credential)), http);
        }
        String profile = credential.value("profile");
        AwsCredentialsProvider own = profile.isEmpty() ? chain(sts(region, http, AnonymousCredentialsProvider.create()))
                : ProfileCredentialsProvider.create(profile);
        String role = credential.value("role_arn");
        return new AwsIdentity(
                role.isEmpty() ? own : assumed(sts(region, http, own), role, credential.value("external_id")), http);
    }

    private static AwsCredentials key(RegistryCredential credential) {
        String id = credential.value("access_key");
        String secret = credential.secret("access_secret").reveal();
        String session = credential.secret("session_token").reveal();
        return session.isEmpty() ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, session);
    }

    /** The SDK's default chain in its order, with an STS of our own. */
    private static AwsCredentialsProvider chain(StsClient sts) {
        return AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create(),
                EnvironmentVariableCredentialsProvider.create(),
                StsWebIdentityTokenFileCredentialsProvider.builder().stsClient(sts).build(),
                ProfileCredentialsProvider.create(), ContainerCredentialsProvider.builder().build(),
                InstanceProfileCredentialsProvider.create());
    }

    private static AwsCredentialsProvider assumed(StsClient sts, String role, String externalId) {
        return StsAssumeRoleCredentialsProvider.builder().stsClient(sts).refreshRequest((request) -> {
            request.roleArn(role).roleSessionName("drayage");
            if (!externalId.isEmpty()) {
                request.externalId(externalId);
            }
        }).build();
    }

    private static StsClient sts(String region, AwsHttp http, AwsCredentialsProvider own) {
        return StsClient.builder()
            .region(Region.of(region))
            .credentialsProvider(own)
            .httpClient(http)
            // Whatever may pass has been tried again already.
            .overrideConfiguration((each) -> each.retryStrategy((retry) -> retry.maxAttempts(1)))
            .build();
    }

    /**
     * The credentials to sign with, renewed by the SDK before their end.
     * @throws RegistryFailure where there are none
     */
    AwsCredentials credentials() {
        try {
            AwsCredentials credentials = this.provider.get();
            this.obtained = true;
            return credentials;
        }
        catch (AwsServiceException ex) {
            String message = "log in to AWS: " + ex.getMessage();
            throw (ex.statusCode() / 100 == 4 && !ex.isThrottlingException())
                    ? new RegistryFailure.Unauthorized(
                            new Reason(message, "the role's trust policy may not allow it, or asks for an external_id"))
                    : new RegistryFailure.Transient(message, ex);
        }
        catch (SdkException ex) {
            Optional<RegistryFailure> ours = Stream.<Throwable>iterate(ex, Objects::nonNull, Throwable::getCause)
                .filter(RegistryFailure.class::isInstance)
                .map(RegistryFailure.class::cast)
                .findFirst();
            // The chain tells of none of its providers why it failed.
            Optional<RegistryFailure> known = ours.or(this.sts::away);
            if (known.isPresent()) {
                throw known.get();
            }
            String message = "log in to AWS: " + Optional.ofNullable(ex.getMessage()).orElse(ex.toString());
            throw (ex.retryable() || mayComeBack()) ? new RegistryFailure.Transient(message, ex)
                    : new RegistryFailure.Unauthorized(new Reason(message,
                            "the machine gives no credentials: it needs a role (IRSA, Pod Identity, an instance profile) or a profile"));
        }
    }

    /** Whether there is a place that gives credentials, and STS has not refused them. */
    private boolean mayComeBack() {
        boolean container = Stream
            .of(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI,
                    SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
            .anyMatch((setting) -> setting.getStringValue().isPresent());
        return (this.obtained || container) && !this.sts.refused();
    }

}
