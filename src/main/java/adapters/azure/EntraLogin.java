package adapters.azure;

import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import oci.http.SdkHttp;
import oci.model.OutsideText;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Secret;

/**
 * Tokens of Microsoft Entra for registries, by Microsoft's own library. Only this class
 * and {@link EntraTransport} touch that library. Each call asks for a new token, because
 * what the registry gives for one is kept.
 */
final class EntraLogin {

    /** The library waits for its own requests. */
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private static final int MOST_WORDS = 300;

    private EntraLogin() {
    }

    /** By an application's secret. */
    static Supplier<String> bySecret(AzureCloud cloud, Application application, Secret secret, SdkHttp http) {
        return () -> token(cloud, application, ClientCredentialFactory.createFromSecret(secret.reveal()), http);
    }

    /** By an application's certificate. */
    static Supplier<String> byCertificate(AzureCloud cloud, Application application, PemCertificate certificate,
            SdkHttp http) {
        return () -> token(cloud, application,
                ClientCredentialFactory.createFromCertificateChain(certificate.key(), certificate.chain()), http);
    }

    /**
     * By a token of the cluster, in a file that is read anew each time.
     * @param file named by the operator
     */
    static Supplier<String> byFile(AzureCloud cloud, Application application, Path file, SdkHttp http) {
        Callable<String> assertion = () -> Files.readString(file).strip();
        return () -> token(cloud, application, ClientCredentialFactory.createFromCallback(assertion), http);
    }

    /**
     * By the machine's managed identity.
     * @param client the identity's client id; empty for the machine's only one
     */
    static Supplier<String> byMachine(AzureCloud cloud, String client, SdkHttp http) {
        ManagedIdentityId identity = client.isEmpty() ? ManagedIdentityId.systemAssigned()
                : ManagedIdentityId.userAssignedClientId(client);
        return () -> token(() -> ManagedIdentityApplication.builder(identity)
            .httpClient(new EntraTransport(http))
            .executorService(THREADS)
            .build()
            .acquireTokenForManagedIdentity(
                    ManagedIdentityParameters.builder(cloud.audience()).forceRefresh(true).build())
            .join());
    }

    private static String token(AzureCloud cloud, Application application, IClientCredential credential, SdkHttp http) {
        return token(() -> application(cloud, application, credential, http)
            .acquireToken(
                    ClientCredentialParameters.builder(Set.of(cloud.audience() + "/.default")).skipCache(true).build())
            .join());
    }

    private static ConfidentialClientApplication application(AzureCloud cloud, Application application,
            IClientCredential credential, SdkHttp http) throws MalformedURLException {
        return ConfidentialClientApplication.builder(application.client(), credential)
            .authority(cloud.authority() + "/" + application.tenant() + "/")
            .instanceDiscovery(false)
            .httpClient(new EntraTransport(http))
            .executorService(THREADS)
            .build();
    }

    private static String token(Callable<IAuthenticationResult> request) {
        try {
            return request.call().accessToken();
        }
        catch (CompletionException ex) {
            throw failure((ex.getCause() != null) ? ex.getCause() : ex);
        }
        catch (Exception ex) {
            throw failure(ex);
        }
    }

    private static RegistryFailure failure(Throwable ex) {
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryFailure failure) {
                return failure;
            }
        }
        Reason reason = new Reason(
                "get a token from Microsoft Entra: " + OutsideText.line(String.valueOf(ex.getMessage()), MOST_WORDS),
                "the secret or certificate may have expired, or the machine may have no identity");
        return (ex instanceof MsalServiceException) ? new RegistryFailure.Unauthorized(reason)
                : new RegistryFailure.Permanent(reason,
                        (ex instanceof MsalException || ex instanceof IOException) ? null : ex);
    }

}
