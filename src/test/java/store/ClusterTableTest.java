package store;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.cluster.BlobLeases.Decision;
import replication.cluster.Node;
import replication.cluster.Nodes;
import replication.registry.Health;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import store.cluster.BlobLeaseTable;
import store.cluster.NodeTable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What nodes agree on through the database. */
class ClusterTableTest {

    private static final Fixture FIXTURE = new Fixture();

    private final NodeTable nodes = new NodeTable(FIXTURE.database);

    private final BlobLeaseTable one = new BlobLeaseTable(FIXTURE.database, "one");

    private final BlobLeaseTable two = new BlobLeaseTable(FIXTURE.database, "two");

    @BeforeEach
    void clear() {
        FIXTURE.test.jdbc().sql("TRUNCATE node, blob_lease, blob_location").update();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static Node node(String name) {
        return new Node(name, Set.of("api", "work"), 16, "print", "mark");
    }

    private void runOut() {
        FIXTURE.test.jdbc().sql("UPDATE blob_lease SET until = now() - interval '2 seconds'").update();
    }

    @Test
    void whoever_beats_is_there_until_he_leaves_or_is_not_heard_of() {
        this.nodes.beat(node("a"));
        Nodes.Roll roll = this.nodes.beat(node("b"));
        assertThat(roll.living()).containsExactly(node("a"), node("b"));
        assertThat(Duration.between(roll.now(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));

        FIXTURE.test.jdbc().sql("UPDATE node SET heard_time = now() - interval '21 seconds' WHERE name = 'a'").update();
        assertThat(this.nodes.beat(node("b")).living()).containsExactly(node("b"));
        assertThat(this.nodes.beat(node("a")).living()).hasSize(2);
        FIXTURE.test.jdbc().sql("UPDATE node SET heard_time = now() - interval '6 minutes' WHERE name = 'a'").update();
        this.nodes.beat(node("b"));
        assertThat(FIXTURE.count("SELECT count(*) FROM node")).isEqualTo(1);
        this.nodes.leave("b");
        assertThat(FIXTURE.count("SELECT count(*) FROM node")).isZero();
    }

    @Test
    void folders_are_registries_of_type_layout() {
        String name = FIXTURE.newName("disk");
        FIXTURE.registries.insert(new Registry(0, name, "", "layout", URI.create("layout:x"), false,
                RegistryCredential.NONE, null, null, 0), Health.UNKNOWN);
        assertThat(this.nodes.folders()).contains(name);
    }

    @Test
    void one_node_leads_and_the_other_waits_until_it_has_arrived() {
        assertThat(this.one.take("r", "d")).isEqualTo(new Decision.Send());
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Wait("one"));
        assertThat(this.two.take("other", "d")).isEqualTo(new Decision.Send());
        arrived(this.one, "lib/app");
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Known("lib/app"));
        this.two.forget("r", "d", "elsewhere");
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Known("lib/app"));
        this.two.forget("r", "d", "lib/app");
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Send());
    }

    @Test
    void of_many_blobs_that_two_nodes_ask_for_at_once_each_is_led_by_one() {
        List<String> digests = IntStream.range(0, 200).mapToObj((number) -> "d" + number).toList();
        Queue<Map.Entry<String, BlobLeaseTable>> leaders = new ConcurrentLinkedQueue<>();
        AtomicInteger asked = new AtomicInteger();
        Race.of(2 * digests.size(), () -> {
            int number = asked.getAndIncrement();
            String digest = digests.get(number / 2);
            BlobLeaseTable node = (number % 2 == 0) ? this.one : this.two;
            if (node.take("r", digest) instanceof Decision.Send) {
                leaders.add(Map.entry(digest, node));
            }
        });
        assertThat(leaders).extracting(Map.Entry::getKey).containsExactlyInAnyOrderElementsOf(digests);
        assertThat(FIXTURE.count("SELECT count(*) FROM blob_lease")).isEqualTo(200);
        leaders.forEach((led) -> led.getValue().arrived("r", led.getKey(), "lib/" + led.getKey()));
        this.one.settle();
        this.two.settle();
        assertThat(FIXTURE.count("SELECT count(*) FROM blob_lease")).isZero();
        assertThat(digests).allSatisfy(
                (digest) -> assertThat(this.one.take("r", digest)).isEqualTo(new Decision.Known("lib/" + digest)));
    }

    @Test
    void others_learn_by_themselves_where_a_blob_has_arrived_unless_it_was_forgotten() {
        this.one.take("r", "d");
        this.one.arrived("r", "d", "lib/app");
        this.one.take("r", "e");
        this.one.arrived("r", "e", "lib/app");
        this.one.forget("r", "e", "lib/app");
        assertThat(this.two.take("r", "e")).isEqualTo(new Decision.Send());
        await().until(() -> this.two.take("r", "d"), new Decision.Known("lib/app")::equals);
        assertThat(FIXTURE.count("SELECT count(*) FROM blob_location")).isEqualTo(1);
    }

    @Test
    void nobody_waits_for_a_disk_that_would_keep_a_lease_or_a_place() {
        assertThat(modeAfter(() -> this.one.take("r", "d"))).isEqualTo("off");
        assertThat(modeAfter(() -> arrived(this.one, "lib/app"))).isEqualTo("off");
    }

    private static void arrived(BlobLeaseTable node, String repository) {
        node.arrived("r", "d", repository);
        node.settle();
    }

    private static String modeAfter(Runnable statement) {
        return FIXTURE.database.inTransaction(() -> {
            FIXTURE.database.sql("SET LOCAL synchronous_commit = on").update();
            statement.run();
            return FIXTURE.database.sql("SHOW synchronous_commit").query(String.class).single();
        });
    }

    @Test
    void a_lead_that_is_released_or_has_run_out_goes_to_the_next() {
        this.one.take("r", "d");
        this.two.release("r", "d");
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Wait("one"));
        this.one.release("r", "d");
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Send());
        runOut();
        assertThat(this.one.take("r", "d")).isEqualTo(new Decision.Send());
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Wait("one"));
    }

    @Test
    void a_beat_holds_on_to_what_is_led_and_forgets_what_nobody_renews() {
        this.one.take("r", "d");
        this.two.take("r", "e");
        runOut();
        this.one.renew();
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Wait("one"));
        assertThat(FIXTURE.count("SELECT count(*) FROM blob_lease")).isEqualTo(1);
        this.one.releaseAll();
        assertThat(FIXTURE.count("SELECT count(*) FROM blob_lease")).isZero();
    }

    @Test
    void what_is_known_for_long_is_no_longer_believed() {
        arrived(this.one, "lib/app");
        FIXTURE.test.jdbc().sql("UPDATE blob_location SET time = now() - interval '13 hours'").update();
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Send());
        this.one.renew();
        assertThat(FIXTURE.count("SELECT count(*) FROM blob_location")).isZero();
    }

    @Test
    void what_one_node_has_seen_the_others_know_after_its_beat() {
        this.one.seen("r", "d", "lib/app");
        this.one.seen("r", "e", "lib/app");
        this.one.forget("r", "e", "lib/app");
        assertThat(FIXTURE.count("SELECT count(*) FROM blob_location")).isZero();
        this.one.renew();
        assertThat(this.two.take("r", "d")).isEqualTo(new Decision.Known("lib/app"));
        assertThat(this.two.take("r", "e")).isEqualTo(new Decision.Send());
    }

    @Test
    void what_is_known_stays_until_it_is_forgotten_or_grows_old() {
        arrived(this.one, "lib/app");
        this.two.seen("r", "d", "lib/other");
        this.two.renew();
        assertThat(this.one.take("r", "d")).isEqualTo(new Decision.Known("lib/app"));
        this.one.forget("r", "d", "lib/app");
        this.two.renew();
        assertThat(this.one.take("r", "d")).as("told once").isEqualTo(new Decision.Send());
        FIXTURE.test.jdbc().sql("TRUNCATE blob_lease").update();
        arrived(this.one, "lib/app");
        FIXTURE.test.jdbc().sql("UPDATE blob_location SET time = now() - interval '7 hours'").update();
        this.two.seen("r", "d", "lib/other");
        this.two.renew();
        assertThat(this.one.take("r", "d")).isEqualTo(new Decision.Known("lib/other"));
    }

    @Test
    void a_lease_that_could_not_be_given_back_runs_out() {
        this.one.take("r", "d");
        BlobLeaseTable sameNode = new BlobLeaseTable(FIXTURE.database, "one");
        runOut();
        sameNode.renew();
        assertThat(FIXTURE.count("SELECT count(*) FROM blob_lease")).isZero();
    }

    @Test
    void of_many_at_once_one_leads() {
        AtomicInteger numbers = new AtomicInteger();
        for (int round = 0; round < 20; round++) {
            String digest = "d" + round;
            List<Decision> decisions = Race.of(6,
                    () -> new BlobLeaseTable(FIXTURE.database, "n" + numbers.incrementAndGet()).take("r", digest));
            assertThat(decisions).containsOnlyOnce(new Decision.Send());
        }
    }

}
