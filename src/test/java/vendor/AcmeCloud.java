package vendor;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import fixtures.vendors.FrontRequest;
import fixtures.vendors.VendorFront;

/**
 * The cloud of docs/adapters/writing-one.md: a registry and an API, both by a password.
 */
final class AcmeCloud extends VendorFront {

    static final String SECRET = "canary-of-acme";

    private static final String LOGIN = "robot:" + SECRET;

    @Override
    protected boolean letIn(FrontRequest request) {
        return request.basic().equals(LOGIN);
    }

    @Override
    protected String challenge() {
        return "Basic realm=\"acme\"";
    }

    @Override
    protected boolean exists(String repository) {
        return true;
    }

    @Override
    protected boolean registry(FrontRequest request) throws IOException {
        boolean deletes = request.method().equals("DELETE") && request.path().contains("/manifests/");
        if (deletes || request.path().equals("/v2/_catalog")) {
            mistake(request);
            return true;
        }
        return false;
    }

    @Override
    protected void api(FrontRequest request) throws IOException {
        if (!request.basic().equals(LOGIN)) {
            request.answer(401, Map.of("message", "no such login"));
        }
        else if (request.asked().equals("GET /api/v1/repositories")) {
            int size = request.query("size", 10);
            List<Map<String, String>> all = repositories().stream().map((name) -> Map.of("name", name)).toList();
            request.answer(200, Map.of("items", page(all, (request.query("page", 1) - 1) * size, size)));
        }
        else if (request.asked().matches("DELETE /api/v1/repositories/.+/tags/[^/]+")) {
            String[] parts = request.path().substring("/api/v1/repositories/".length()).split("/tags/", 2);
            request.answer(untag(parts[0], parts[1]) ? 204 : 404);
        }
        else {
            mistake(request);
        }
    }

}
