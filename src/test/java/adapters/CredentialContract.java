package adapters;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.LogLines;
import oci.Artifact;
import oci.BlobUpload;
import oci.ContentSource;
import oci.ContentTarget;
import oci.model.Descriptor;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import replication.registry.Ability;
import replication.registry.CredentialKind;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.Setting;

import static adapters.AdapterUnderTest.source;
import static adapters.AdapterUnderTest.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What is issued for a time is renewed once wherever it ends, for all who wait, and no
 * secret is written anywhere.
 */
interface CredentialContract extends AdapterUnderTest {

    String CANARY = "canary-of-";

    @Test
    default void one_that_ends_in_the_middle_of_a_list_is_renewed_once() {
        Assumptions.assumeTrue(credentialsEnd());
        String repository = unused("listed");
        List<String> tags = push(repository, fullPage() + 1, Images.image(21, 10));
        try (RegistryConnection connection = connect();
                Stream<Artifact> listed = source(connection, repository).artifacts()) {
            Iterator<Artifact> artifacts = listed.iterator();
            String first = artifacts.next().tag();
            int before = fetches();
            endCredentials();
            List<String> rest = Stream.generate(() -> artifacts)
                .takeWhile(Iterator::hasNext)
                .map((each) -> each.next().tag())
                .toList();
            assertThat(Stream.concat(Stream.of(first), rest.stream())).containsExactlyInAnyOrderElementsOf(tags);
            assertThat(fetches()).isLessThanOrEqualTo(before + 1);
            if (can(Ability.DIGEST_LIST)) {
                assertThat(fetches()).isEqualTo(before + 1);
            }
        }
    }

    @Test
    default void one_that_ends_in_the_middle_of_an_upload_is_renewed_once() {
        Assumptions.assumeTrue(credentialsEnd());
        String repository = unused("uploaded");
        push(repository, "v1", Images.image(22, 10));
        byte[] bytes = Images.bytes(23, 300_000);
        Descriptor blob = Images.blob(Images.LAYER, bytes);
        try (RegistryConnection connection = connect()) {
            ContentTarget target = target(connection, repository);
            assertThat(target.has(blob)).isFalse();
            int before = fetches();
            AtomicBoolean ended = new AtomicBoolean();
            twice(() -> {
                BlobUpload upload = target.upload(blob);
                if (ended.compareAndSet(false, true)) {
                    endCredentials();
                }
                upload.send(new ByteArrayInputStream(bytes));
            });
            assertThat(target.has(blob)).isTrue();
            assertThat(fetches()).isEqualTo(before + 1);
        }
    }

    /** An upload whose bytes were sent is begun again by those who send blobs. */
    private static void twice(Runnable upload) {
        try {
            upload.run();
        }
        catch (RegistryFailure ex) {
            assertThat(ex.passing()).as(ex.getMessage()).isTrue();
            upload.run();
        }
    }

    @Test
    default void one_that_ends_before_a_manifest_is_renewed_once() {
        Assumptions.assumeTrue(credentialsEnd());
        String repository = unused("put");
        push(repository, "v1", Images.image(24, 10));
        Image image = Images.image(25, 10);
        try (RegistryConnection connection = connect()) {
            ContentTarget target = target(connection, repository);
            image.pushContentTo(target);
            int before = fetches();
            endCredentials();
            target.put(image.manifest(), "v2");
            assertThat(front().digests(repository)).containsEntry("v2", image.digest().toString());
            assertThat(fetches()).isEqualTo(before + 1);
        }
    }

    @Test
    default void a_hundred_callers_fetch_one() {
        Assumptions.assumeTrue(credentialsEnd());
        String repository = unused("asked");
        push(repository, "v1", Images.image(26, 10));
        int before = fetches();
        try (RegistryConnection connection = connect()) {
            ContentSource source = source(connection, repository);
            List<CompletableFuture<Boolean>> callers = IntStream.range(0, 100)
                .mapToObj((_) -> CompletableFuture.supplyAsync(() -> source.head("v1").isPresent(),
                        Thread::startVirtualThread))
                .toList();
            assertThat(callers).allSatisfy((caller) -> assertThat(caller.join()).isTrue());
            assertThat(fetches()).isEqualTo(before + 1);
        }
    }

    @Test
    default void no_secret_is_in_a_message_or_a_log() {
        try (LogLines log = new LogLines("oci", "adapters", "replication")) {
            strangers().forEach((stranger) -> {
                Throwable failure = catchThrowable(() -> {
                    try (RegistryConnection connection = adapter().connect(stranger)) {
                        connection.check();
                    }
                });
                assertThat(failure).as("a login that nobody knows: %s", stranger.credential().type()).isNotNull();
                assertThat(trace(failure)).doesNotContain(CANARY);
                assertThat(stranger.toString()).doesNotContain(CANARY);
            });
            assertThat(String.join("\n", log.lines())).doesNotContain(CANARY);
        }
        // Sent to the fake for a check, which is what is asserted here.
        front().mistakes.removeIf((mistake) -> mistake.contains(CANARY));
    }

    /** The registry with a wrong secret in each field that takes one. */
    default List<Registry> strangers() {
        return adapter().info()
            .credentials()
            .stream()
            .filter((kind) -> kind.fields().stream().anyMatch((field) -> field.type() == Setting.Type.SECRET))
            .map((kind) -> AdapterUnderTest.with(registry(), stranger(kind)))
            .toList();
    }

    private RegistryCredential stranger(CredentialKind kind) {
        Map<String, String> values = new HashMap<>();
        Map<String, Secret> secrets = new HashMap<>();
        for (Setting field : kind.fields()) {
            if (field.type() == Setting.Type.SECRET) {
                secrets.put(field.key(), new Secret(CANARY + kind.type() + "-" + field.key()));
            }
            else {
                String known = registry().credential().value(field.key());
                String fallback = field.choices().isEmpty() ? "someone" : field.choices().getFirst();
                values.put(field.key(), known.isEmpty() ? fallback : known);
            }
        }
        return new RegistryCredential(kind.type(), values, secrets);
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

}
