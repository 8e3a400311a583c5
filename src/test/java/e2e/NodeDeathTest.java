package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageNodes;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Line;
import fixtures.Site;
import fixtures.StoppablePostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes, and the one that has the only task dies or is paused in the middle of a
 * large blob. Times are the database's.
 */
@Tag("long")
@Timeout(300)
class NodeDeathTest {

    private static final Logger LOG = LoggerFactory.getLogger(NodeDeathTest.class);

    private static final Duration PROMISED = Duration.ofSeconds(30);

    private static final int LAYER = 24 << 20;

    @TempDir
    private Path folder;

    private Site a;

    private Site b;

    private Line line;

    private StoppablePostgres database;

    private DrayageProcess one;

    private DrayageProcess two;

    @BeforeEach
    void start() {
        this.a = Site.start();
        this.b = Site.start();
        this.line = Line.to(this.b.registry(), 2_000_000);
        this.database = StoppablePostgres.start(this.folder.resolve("database"));
        this.a.push("lib/big", "v1", Images.image(1, LAYER));
        DrayageNodes nodes = new DrayageNodes(this.folder, this.database.jdbcUrl());
        this.one = nodes.start("one");
        this.two = nodes.start("two");
    }

    @AfterEach
    void stop() {
        this.one.kill();
        this.two.kill();
        this.line.close();
        this.a.close();
        this.b.close();
        this.database.close();
    }

    @Test
    void what_a_killed_node_had_goes_on_elsewhere_within_thirty_seconds() {
        long id = startInTheMiddle();
        Held before = held();
        Instant struck = now();
        owner(before).kill();

        Held after = awaitClaimedAfter(before, struck);

        assertBrought(other(before).api().ended(id), after);
    }

    @Test
    void what_a_paused_node_had_goes_on_elsewhere_and_it_writes_nothing_when_it_comes_back() {
        watchWrites();
        long id = startInTheMiddle();
        Held before = held();
        DrayageProcess paused = owner(before);
        Instant struck = now();
        paused.signal("STOP");
        Held after = awaitClaimedAfter(before, struck);
        awaitBytes();
        assertThat(writers("SELECT DISTINCT node FROM written")).as("the watch sees who writes")
            .contains(before.node(), after.node());
        this.database.jdbc().sql("TRUNCATE written").update();

        paused.signal("CONT");

        Awaitility.await("it learns that it has lost the task")
            .atMost(Duration.ofSeconds(30))
            .until(() -> paused.log().contains("is no longer with " + before.owner() + " at attempt 1"));
        assertBrought(other(before).api().ended(id), after);
        assertThat(writers("SELECT DISTINCT node FROM written")).containsExactly(after.node());
        assertThat(writers("SELECT DISTINCT attempt::text FROM artifact_outcome")).containsExactly("2");
        assertThat(this.b.registry().requests("PUT", "/manifests/v1")).as("who put the tag").isEqualTo(1);
        assertThat(paused.api().run(1).get("artifacts").get("unchanged").asInt()).as("it works as before").isEqualTo(1);
    }

    private long startInTheMiddle() {
        Api api = this.one.api();
        long source = api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", this.a.url()));
        long destination = api.create("/api/registries",
                Map.of("name", "b", "registry_type", "oci", "url", this.line.url()));
        long policy = api.create("/api/replication/policies",
                Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));
        long id = api.start(policy);
        awaitBytes();
        return id;
    }

    /**
     * Returns when some of the layer, but not most of it, has gone over the line since
     * now.
     */
    private void awaitBytes() {
        long before = this.line.bytes();
        Awaitility.await("bytes").atMost(Duration.ofSeconds(60)).until(() -> this.line.bytes() - before > LAYER / 8);
    }

    private Held awaitClaimedAfter(Held before, Instant struck) {
        Held after = Awaitility.await("another node has the task")
            .atMost(Duration.ofSeconds(60))
            .until(this::held, (now) -> now.attempt() > before.attempt());
        Duration since = Duration.between(struck, after.since());
        LOG.info("{} had it, {} claimed it after {} ms", before.owner(), after.owner(), since.toMillis());
        assertThat(after.node()).isNotEqualTo(before.node());
        assertThat(since).isPositive().isLessThanOrEqualTo(PROMISED);
        return after;
    }

    private void assertBrought(JsonNode ended, Held last) {
        assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.get("succeed").asInt()).isEqualTo(1);
        assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(1);
        assertThat(ended.get("artifacts").get("unchanged").asInt()).isZero();
        assertThat(this.b.digests()).hasSize(1).isEqualTo(this.a.digests());
        this.b.verify("lib/big", "v1");
        assertThat(writers("SELECT attempt::text FROM task")).containsExactly(String.valueOf(last.attempt()));
        List.of("scheduled_tasks", "blob_lease", "upload_session")
            .forEach((table) -> Awaitility.await(table)
                .atMost(Duration.ofSeconds(45))
                .until(() -> writers("SELECT 'x' FROM " + table).isEmpty()));
    }

    /**
     * Writes down which node writes about tasks, by the name of its connections. Not
     * lines of the log: they are only ever added, and say what this attempt did as well.
     */
    private void watchWrites() {
        List.of("CREATE TABLE written (node text)", """
                CREATE FUNCTION write_down() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO written VALUES (current_setting('application_name'));
                    RETURN NULL;
                END
                $$
                """).forEach((sql) -> this.database.jdbc().sql(sql).update());
        List.of("task", "artifact_outcome", "placement").forEach((table) -> this.database.jdbc().sql("""
                CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION write_down()
                """.formatted(table)).update());
    }

    private List<String> writers(String sql) {
        return this.database.jdbc().sql(sql).query(String.class).list();
    }

    private Instant now() {
        return this.database.jdbc().sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    }

    private Held held() {
        return this.database.jdbc()
            .sql("SELECT coalesce(owner, '-') AS owner, attempt, update_time FROM task")
            .query((row, _) -> new Held(row.getString("owner"), row.getInt("attempt"),
                    row.getObject("update_time", OffsetDateTime.class).toInstant()))
            .single();
    }

    private DrayageProcess owner(Held held) {
        return held.node().equals("one") ? this.one : this.two;
    }

    private DrayageProcess other(Held held) {
        return held.node().equals("one") ? this.two : this.one;
    }

    /** Who has the task, and since when. */
    private record Held(String owner, int attempt, Instant since) {

        String node() {
            return this.owner.substring(0, this.owner.indexOf('-'));
        }

    }

}
