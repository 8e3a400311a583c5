package adapters.generic;

import java.io.IOException;
import java.util.Map;

import fixtures.vendors.FrontRequest;
import fixtures.vendors.VendorFront;

/**
 * A registry of the distribution specification alone, with a token service and deletion
 * by tag, as distribution 3 has it.
 */
public class PlainCloud extends VendorFront {

    public static final String USER = "ann";

    public static final String PASSWORD = "canary-of-ann";

    private final String user;

    public PlainCloud() {
        this(USER);
    }

    private PlainCloud(String user) {
        this.user = user;
    }

    /** One that takes the password as the user as well. */
    public static PlainCloud takingTokens() {
        return new PlainCloud(PASSWORD);
    }

    @Override
    protected boolean exists(String repository) {
        return true;
    }

    @Override
    protected String challenge() {
        return "Bearer realm=\"%s/token\",service=\"plain\"".formatted(url());
    }

    @Override
    protected boolean registry(FrontRequest request) throws IOException {
        String path = request.path();
        int end = path.indexOf("/manifests/");
        if (!request.method().equals("DELETE") || end < 0) {
            return false;
        }
        String repository = path.substring("/v2/".length(), end);
        String reference = path.substring(end + "/manifests/".length());
        boolean gone = reference.contains(":") ? remove(repository, reference) : untag(repository, reference);
        request.answer(gone ? 202 : 404);
        return true;
    }

    @Override
    protected void api(FrontRequest request) throws IOException {
        if (request.asked().equals("POST /token")) {
            deny(request, 401, "UNAUTHORIZED", "no such refresh token");
        }
        else if (!request.asked().equals("GET /token") || !request.query("service").equals("plain")) {
            mistake(request);
        }
        else if (!request.basic().equals(this.user + ":" + PASSWORD)) {
            deny(request, 401, "UNAUTHORIZED", "no such user");
        }
        else {
            request.answer(200, Map.of("token", this.tokens.issue(), "expires_in", 300));
        }
    }

}
