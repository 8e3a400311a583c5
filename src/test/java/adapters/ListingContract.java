package adapters;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import oci.Artifact;
import oci.ContentRegistry;
import oci.ContentSource;
import oci.model.RegistryFailure;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.execution.copy.Outcome;
import replication.registry.Ability;
import replication.registry.RegistryConnection;
import transfer.Copying;
import transfer.Put;

import static adapters.AdapterUnderTest.artifacts;
import static adapters.AdapterUnderTest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Listings are whole at every length, fail alone, lose nothing and cost little. */
interface ListingContract extends AdapterUnderTest {

    @Test
    default void a_listing_is_whole_at_the_ends_of_its_pages() {
        Image image = Images.image(31, 10);
        for (int length : can(Ability.DIGEST_LIST) ? List.of(1, fullPage(), fullPage() + 1) : List.of(1, 5)) {
            String repository = unused("long");
            List<String> tags = push(repository, length, image);
            try (RegistryConnection connection = connect()) {
                assertThat(artifacts(connection, repository)).extracting(Artifact::tag)
                    .containsExactlyInAnyOrderElementsOf(tags);
            }
        }
        String empty = unused("empty");
        create(empty);
        try (RegistryConnection connection = connect()) {
            assertThat(artifacts(connection, empty)).isEmpty();
            assertThat(artifacts(connection, unused("nowhere"))).isEmpty();
        }
    }

    @Test
    default void a_page_that_fails_fails_its_repository_alone() {
        Assumptions.assumeTrue(can(Ability.DIGEST_LIST));
        String failing = unused("failing");
        String well = unused("well");
        push(failing, fullPage() + 1, Images.image(32, 10));
        push(well, 3, Images.image(32, 10));
        AtomicInteger pages = new AtomicInteger();
        front().failing = (request) -> lists(request, failing) && pages.incrementAndGet() > 1;
        try (RegistryConnection connection = connect()) {
            assertThatExceptionOfType(RegistryFailure.class).isThrownBy(() -> artifacts(connection, failing));
            assertThat(artifacts(connection, well)).hasSize(3);
        }
    }

    @Test
    default void a_page_that_shifts_while_it_is_read_deletes_nothing_that_is_there() {
        Assumptions.assumeTrue(can(Ability.DIGEST_LIST));
        String repository = unused("shifting");
        Image image = Images.image(33, 10);
        List<String> tags = push(repository, fullPage() + 5, image);
        MemoryRegistry destination = new MemoryRegistry().listingDigests(1000);
        Put put = new Put();
        destination.seed("copy", "v0", image);
        tags.forEach((tag) -> {
            destination.plant("copy", tag, image.manifest());
            put.tags.put(tag, image.digest().toString());
        });
        AtomicInteger pages = new AtomicInteger();
        front().failing = (request) -> {
            if (lists(request, repository) && pages.incrementAndGet() == 2) {
                front().untag(repository, "v0");
                front().untag(repository, "v1");
            }
            return false;
        };
        try (RegistryConnection connection = connect()) {
            List<Outcome> outcomes = new Copying(connection.as(ContentRegistry.class), destination)
                .carryingDeletions(put)
                .all(repository, "copy");
            assertThat(outcomes).noneMatch((outcome) -> outcome.result() == Outcome.Result.FAILED);
            assertThat(destination.tags("copy").keySet()).containsAll(tags.subList(2, tags.size()));
        }
        assertThat(pages.get()).as("pages that were read").isGreaterThan(1);
    }

    @Test
    @Timeout(20)
    default void an_api_that_is_busy_does_not_hold_back_its_registry() throws Exception {
        String repository = unused("busy");
        push(repository, "v1", Images.image(34, 10));
        try (RegistryConnection connection = connect()) {
            ContentSource source = source(connection, repository);
            assertThat(source.head("v1")).isPresent();
            assertThat(artifacts(connection, repository)).hasSize(1);
            Assumptions.assumeTrue(front().asksApart() && can(Ability.DIGEST_LIST));
            front().busy = true;
            long before = front().apiLog.size();
            CompletableFuture<List<Artifact>> listing = CompletableFuture
                .supplyAsync(() -> artifacts(connection, repository), Thread::startVirtualThread);
            Awaitility.await().until(() -> front().apiLog.size() > before);
            long begin = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertThat(source.head("v1")).isPresent();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
            assertThat(listing).isNotDone();
            front().busy = false;
            assertThat(listing.get()).hasSize(1);
        }
    }

    @Test
    default void unchanged_tags_cost_few_requests() {
        unchanged(10, can(Ability.DIGEST_LIST) ? 100 : 10);
    }

    @Test
    @Tag("long")
    default void a_thousand_unchanged_tags_cost_few_requests() {
        unchanged(10, 100);
    }

    /**
     * At most 20 requests a side for ten repositories with a digest listing of pages of
     * 100, at most two a tag without one; requests for tokens apart.
     */
    private void unchanged(int repositories, int tags) {
        Image image = Images.image(35, 10);
        List<String> names = IntStream.range(0, repositories).mapToObj((_) -> unused("same")).toList();
        MemoryRegistry other = new MemoryRegistry().listingDigests(1000);
        names.forEach((name) -> {
            other.seed(name, "v0", image);
            seed(name, tags, image).forEach((tag) -> other.plant(name, tag, image.manifest()));
        });
        int pages = Math.ceilDiv(tags, fullPage());
        int most = can(Ability.DIGEST_LIST) ? 20 * Math.max(1, pages) : 2 * repositories * tags;
        Map<String, List<String>> asked = Map.of("source", asked(names, true, other), "destination",
                asked(names, false, other));
        asked.forEach((side, requests) -> assertThat(requests).as(side).hasSizeLessThanOrEqualTo(most));
    }

    /** Where a listing tells digests, no manifest is read. */
    private List<String> seed(String repository, int tags, Image image) {
        if (!can(Ability.DIGEST_LIST)) {
            return push(repository, tags, image);
        }
        List<String> names = IntStream.range(0, tags).mapToObj((i) -> "v" + i).toList();
        push(repository, "v0", image);
        front().list(repository, names, image.digest());
        return names;
    }

    /** What a run asks of the vendor that finds all equal, without its logins. */
    private List<String> asked(List<String> names, boolean source, MemoryRegistry other) {
        int registry = front().registryLog.size();
        int api = front().apiLog.size();
        try (RegistryConnection connection = connect()) {
            ContentRegistry mine = connection.as(ContentRegistry.class);
            Copying copying = source ? new Copying(mine, other) : new Copying(other, mine);
            names.forEach((name) -> assertThat(copying.all(name)).isEmpty());
        }
        return Stream.concat(front().registryLog.stream().skip(registry), front().apiLog.stream().skip(api))
            .filter((request) -> !login(request))
            .toList();
    }

}
