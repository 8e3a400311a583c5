package adapters.gitea;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import events.EventSenders;
import fixtures.Image;
import fixtures.Images;
import fixtures.LoopbackServer;
import fixtures.Patience;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import replication.event.HookDelivery;
import replication.event.Proof;
import replication.event.RegistryEvent;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A real Gitea does what our fake says that it does. */
@Tag("interop")
@Timeout(2400)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GiteaInteropTest {

    private final RealGitea gitea;

    private final StopSignal stop = new StopSignal();

    GiteaInteropTest(@TempDir Path folder) {
        this.gitea = RealGitea.start(folder);
    }

    @AfterAll
    void close() {
        this.gitea.close();
    }

    @Test
    void lists_pushes_and_deletes_one_tag_by_password_and_by_token() {
        Image image = Images.image(1, 2000);
        for (String secret : List.of(RealGitea.PASSWORD, this.gitea.token("write:package"))) {
            try (RegistryConnection connection = connect(secret)) {
                connection.check();
                assertThat(connection.admission()).isEqualTo("let in as team");
                for (String name : List.of("team/app", "team/deep/er/img")) {
                    push(connection, name, "v1", image);
                    push(connection, name, "v2", image);
                }
                assertThat(names(connection)).containsExactly("team/app", "team/deep/er/img");

                assertThat(content(connection).target("team/app", this.stop).delete("v1", image.digest())).isEmpty();
                assertThat(content(connection).source("team/app", this.stop).head("v1")).isEmpty();
                assertThat(content(connection).source("team/app", this.stop).head("v2")).isPresent();
            }
        }
    }

    @Test
    void an_owner_that_does_not_exist_is_told_by_name() {
        try (RegistryConnection connection = connect(RealGitea.PASSWORD);
                RegistryConnection packages = connect(this.gitea.token("write:package,read:misc"))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> push(connection, "nobody/app", "v1", Images.image(2, 10)))
                .withMessageContaining("there is no user or organisation nobody");
            assertThatExceptionOfType(RegistryFailure.class)
                .isThrownBy(() -> push(packages, "nobody/app", "v1", Images.image(2, 10)))
                .withMessageContaining("nobody/app");
        }
    }

    @Test
    void its_webhook_is_proven_and_read() throws IOException, InterruptedException {
        Queue<HookDelivery> deliveries = new ConcurrentLinkedQueue<>();
        try (LoopbackServer hook = new LoopbackServer((exchange) -> {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            deliveries.add(new HookDelivery(headers, exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(202, -1);
        }); RegistryConnection connection = connect(RealGitea.PASSWORD)) {
            this.gitea.hook(hook.url(), "s3cret");
            push(connection, "team/ev", "v1", Images.image(3, 10));
            Awaitility.await().until(() -> !deliveries.isEmpty());

            HookDelivery delivery = deliveries.element();
            assertThat(new Proof.Hmac("X-Gitea-Signature", new Secret("s3cret")).holds(delivery, Instant.now()))
                .isTrue();
            assertThat(EventSenders.find(delivery).identity()).isEqualTo("gitea");
            assertThat(EventSenders.find(delivery).read(delivery, (_, _) -> {
            })).singleElement().satisfies((event) -> {
                assertThat(event.kind()).isEqualTo(RegistryEvent.Kind.PUSH);
                assertThat(event.repository()).isEqualTo("team/ev");
                assertThat(event.tag()).isEqualTo("v1");
            });
        }
    }

    private RegistryConnection connect(String secret) {
        return new GiteaAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS))
            .connect(new Registry(1, "gitea", "", "gitea", this.gitea.url(), false,
                    RegistryCredential.basic(RealGitea.USER, new Secret(secret)), null, null, 0));
    }

    private static ContentRegistry content(RegistryConnection connection) {
        return connection.as(ContentRegistry.class);
    }

    private static List<String> names(RegistryConnection connection) {
        try (Stream<String> names = connection.repositories(RepositoryQuery.ALL)) {
            return names.filter((name) -> !name.endsWith("/ev")).sorted().toList();
        }
    }

    private void push(RegistryConnection connection, String repository, String tag, Image image) {
        image.pushTo(content(connection).target(repository, this.stop), tag);
    }

}
