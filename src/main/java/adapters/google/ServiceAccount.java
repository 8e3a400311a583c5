package adapters.google;

import java.util.Map;
import java.util.Optional;

import com.google.re2j.Pattern;
import oci.model.WebUrl;
import replication.Refusal;
import replication.registry.RegistryCredential;
import replication.registry.Setting;

/**
 * A service account that another account acts as.
 *
 * @param tokens where its tokens are issued
 */
record ServiceAccount(String email, String tokens) {

    static final Setting FIELD = Setting
        .text("impersonate", "the e-mail address of a service account to act as, for which this one may create tokens")
        .optional();

    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._-]+@[A-Za-z0-9.-]+\\.gserviceaccount\\.com");

    private static final String IAM = "https://iamcredentials.googleapis.com/";

    /**
     * The account that a credential names; empty if it names none.
     * @param environment may name another address of Google's IAM, as for gcloud
     */
    static Optional<ServiceAccount> of(RegistryCredential credential, Map<String, String> environment) {
        String email = credential.value(FIELD.key());
        if (email.isEmpty()) {
            return Optional.empty();
        }
        if (!EMAIL.matches(email)) {
            throw new Refusal.Invalid("credential.impersonate",
                    "credential.impersonate is a service account's e-mail address, such as copier@project.iam.gserviceaccount.com");
        }
        String iam = environment.getOrDefault("CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS", IAM);
        return Optional.of(new ServiceAccount(email, "%s%sv1/projects/-/serviceAccounts/%s:generateAccessToken"
            .formatted(iam, iam.endsWith("/") ? "" : "/", email)));
    }

    /** Whether its tokens are issued at that place. */
    boolean isIssuedAt(WebUrl place) {
        return place.toString().equals(this.tokens);
    }

}
