package adapters.google;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import oci.message.Json;
import oci.model.OutsideText;
import oci.model.RegistryAddress;
import oci.model.Secret;
import oci.model.WebUrl;
import replication.Refusal;
import replication.registry.Registry;

/**
 * A service account's key as Google's console writes it. Other files of Google's tools
 * lead to files, programs and addresses, and only the operator may give one.
 *
 * @param tokens where it is exchanged for tokens
 */
record GoogleKey(String email, String clientId, String id, Secret privateKey, URI tokens) {

    private static final String TOKENS = "https://oauth2.googleapis.com/token";

    private static final String DOMAIN = "googleapis.com";

    private static final int MOST_SHOWN = 100;

    /**
     * Reads a key.
     * @param field where it was given
     * @throws Refusal.Invalid with the field, and nothing of the key
     */
    static GoogleKey of(Secret text, String field, Registry registry) {
        JsonNode json = Json.lenient(text.reveal().getBytes(StandardCharsets.UTF_8));
        if (!json.isObject()) {
            throw new Refusal.Invalid(field, field + " is the JSON of a service account's key, but this is no JSON");
        }
        String type = json.path("type").asText("");
        if (!type.equals("service_account")) {
            throw new Refusal.Invalid(field,
                    "%s is a key of the type service_account, not \"%s\": any other may name files, programs and addresses, and is given to Drayage by its operator, with GOOGLE_APPLICATION_CREDENTIALS and a credential of type google"
                        .formatted(field, OutsideText.line(type, MOST_SHOWN)));
        }
        for (String required : new String[] { "client_email", "private_key" }) {
            if (json.path(required).asText("").isBlank()) {
                throw new Refusal.Invalid(field, "%s has no %s".formatted(field, required));
            }
        }
        if (!json.path("universe_domain").asText(DOMAIN).equals(DOMAIN)) {
            throw new Refusal.Invalid(field, field + " is for another universe_domain than " + DOMAIN);
        }
        return new GoogleKey(json.path("client_email").asText(), json.path("client_id").asText(""),
                json.path("private_key_id").asText(""), new Secret(json.path("private_key").asText()),
                tokens(json.path("token_uri").asText(TOKENS), field, registry));
    }

    /** The same of a key in base64. */
    static GoogleKey ofBase64(Secret text, String field, Registry registry) {
        try {
            byte[] decoded = Base64.getMimeDecoder().decode(text.reveal());
            return of(new Secret(new String(decoded, StandardCharsets.UTF_8)), field, registry);
        }
        catch (IllegalArgumentException _) {
            throw new Refusal.Invalid(field, field + " is a key in base64, but this is no base64");
        }
    }

    private static URI tokens(String url, String field, Registry registry) {
        try {
            WebUrl place = WebUrl.parse(url);
            if (mayIssue(place, registry)) {
                return URI.create(place.toString());
            }
            throw new Refusal.Invalid(field, "%s has the token_uri %s, but keys are shown to hosts of %s only"
                .formatted(field, OutsideText.line(place.authority(), MOST_SHOWN), DOMAIN));
        }
        catch (WebUrl.Malformed ex) {
            throw new Refusal.Invalid(field, "%s has a token_uri that %s".formatted(field, ex.getMessage()));
        }
    }

    /**
     * Whether a place may be shown what a key signs: Google's, and the registry's own
     * server, which the operator may have allowed besides.
     */
    static boolean mayIssue(WebUrl place, Registry registry) {
        boolean google = place.secure() && place.host().toLowerCase(Locale.ROOT).endsWith("." + DOMAIN)
                && place.actualPort() == 443;
        return google || RegistryAddress.sameServer(URI.create(place.toString()), registry.url());
    }

}
