package replication.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import fixtures.LogLines;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClusterTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final List<Node> others = new ArrayList<>();

    private final List<String> left = new ArrayList<>();

    private final List<Integer> workers = new ArrayList<>();

    private Instant databaseTime = NOW;

    private final Cluster cluster = new Cluster(new Nodes() {

        @Override
        public Roll beat(Node self) {
            List<Node> living = new ArrayList<>(ClusterTest.this.others);
            living.add(self);
            return new Roll(living, ClusterTest.this.databaseTime);
        }

        @Override
        public void leave(String name) {
            ClusterTest.this.left.add(name);
        }

        @Override
        public List<String> folders() {
            return List.of("disk");
        }
    }, node("me", 16, "key"), Clock.fixed(NOW, ZoneOffset.UTC), this.workers::add);

    private static Node node(String name, int slots, String key) {
        return new Node(name, Set.of("work"), slots, key, "mark");
    }

    @Test
    void slots_and_limits_follow_who_works() {
        this.cluster.join();
        assertThat(this.cluster.slots()).isEqualTo(16);
        this.others.add(node("worker", 8, "key"));
        this.others.add(node("api", 0, "key"));
        this.cluster.beat();
        this.cluster.beat();
        assertThat(this.cluster.slots()).isEqualTo(24);
        this.others.clear();
        this.cluster.beat();
        assertThat(this.workers).containsExactly(1, 2, 1);
    }

    @Test
    void a_node_with_another_key_is_refused_by_name_and_leaves() {
        this.others.add(node("old", 16, "another"));
        assertThatThrownBy(this.cluster::join).isInstanceOf(Cluster.KeyDiffers.class)
            .hasMessage("node old on the same database has another key: give all nodes the same DRAYAGE_KEY");
        assertThat(this.left).containsExactly("me");
    }

    @Test
    void time_is_the_database_s() {
        this.databaseTime = NOW.plus(Duration.ofSeconds(37));
        this.cluster.beat();
        assertThat(this.cluster.now()).isEqualTo(NOW.plusSeconds(37));
    }

    @Test
    void a_clock_that_is_off_is_told_once_until_it_is_right_again() {
        try (LogLines log = new LogLines("replication.cluster")) {
            beatAt(Duration.ofSeconds(2));
            assertThat(clocks(log)).as("as right as a busy network lets one tell").isEmpty();

            beatAt(Duration.ofSeconds(37));
            beatAt(Duration.ofSeconds(38));
            assertThat(clocks(log)).containsExactly(
                    "the clock of this node is 37 s behind the database's; leases and retries use " + "the database's");

            beatAt(Duration.ZERO);
            beatAt(Duration.ofMinutes(-5));
            assertThat(clocks(log)).hasSize(2)
                .last()
                .asString()
                .startsWith("the clock of this node is 300 s ahead of the database's");
        }
    }

    private void beatAt(Duration databaseAhead) {
        this.databaseTime = NOW.plus(databaseAhead);
        this.cluster.beat();
    }

    private static List<String> clocks(LogLines log) {
        return log.lines().stream().filter((line) -> line.contains("clock")).toList();
    }

}
