package oci.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fixtures.FaultyRegistry;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.Reply;
import oci.Artifact;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.Secret;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RegistryApiTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    RegistryApiTest() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        this.server.createContext("/", this::handle);
        this.server.start();
    }

    @AfterEach
    void close() {
        this.server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + this.server.getAddress().getPort();
    }

    /** Its tokens are the scopes that they were asked with. */
    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            URI uri = exchange.getRequestURI();
            this.asked.add(uri.getPath() + " " + token);
            String body = "{}";
            int status = 200;
            if (uri.getPath().equals("/token")) {
                String scope = uri.getRawQuery().replaceFirst(".*scope=", "").replaceFirst("&.*", "");
                body = "{\"token\":\"%s\"}".formatted(URLDecoder.decode(scope, StandardCharsets.UTF_8));
            }
            else if (!token.startsWith("Bearer ")) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"" + url() + "/token\"");
                status = 401;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    void the_api_of_a_registry_s_own_host_is_asked_with_a_token_for_the_rights_that_it_needs() {
        Credential.Basic login = new Credential.Basic("me", new Secret("canary"));
        RegistryAccess access = new RegistryAccess(1, URI.create(url()), "me", CredentialSource.of(login), false, null,
                null, 0);
        try (RemoteRegistry registry = RemoteRegistry.connect(access, RegistryApiTest::listing, Patience.SHORT,
                new HostLimits(LimitSizes.DEFAULTS));
                Stream<Artifact> artifacts = registry.source("lib/app", new StopSignal()).artifacts()) {
            assertThat(artifacts).isEmpty();
        }
        assertThat(this.asked).last().isEqualTo("/own/lib/app Bearer repository:lib/app:metadata_read");
        assertThat(this.asked).filteredOn((line) -> line.startsWith("/token")).hasSize(1);
    }

    @Test
    void a_tag_that_the_api_does_not_know_is_gone_only_if_the_registry_has_it_no_more() {
        Image image = Images.image(1, 10);
        Differences unknown = new Differences(null, null, null, (_, tag, _, _) -> {
            throw new RegistryFailure.NotFound("no tag " + tag);
        });
        try (FaultyRegistry front = new FaultyRegistry()) {
            front.on("GET", "/v2/", Reply.status(200))
                .on("HEAD", "/v2/lib/app/manifests/held", Reply.of(image.manifest()));
            RegistryAccess access = new RegistryAccess(1, front.url(), "", CredentialSource.of(new Credential.None()),
                    false, null, null, 0);
            try (RemoteRegistry registry = RemoteRegistry.connect(access, unknown, Patience.SHORT,
                    new HostLimits(LimitSizes.DEFAULTS))) {
                ContentTarget target = registry.target("lib/app", new StopSignal());
                assertThat(target.delete("held", image.digest()))
                    .contains("the registry's API does not know the tag, but the registry has it");
                assertThat(target.delete("gone", image.digest())).isEmpty();
            }
            assertThat(front.requests("HEAD", "/v2/lib/app/manifests/held")).hasSize(1);
            assertThat(front.requests("HEAD", "/v2/lib/app/manifests/gone")).hasSize(1);
        }
    }

    private static Differences listing(JsonApi api) {
        return new Differences(null, (repository, stop) -> {
            api.granted(Scope.repository(repository, "metadata_read")).get("/own/" + repository, stop);
            return Stream.empty();
        }, null, null);
    }

}
