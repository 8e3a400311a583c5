package store.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import replication.bandwidth.Bandwidth;
import replication.bandwidth.Bandwidths;
import replication.bandwidth.Limit;
import replication.bandwidth.Limited;
import store.sql.Database;

/**
 * The limits in {@code policy}, {@code registry} and {@code setting}, and the nodes that
 * share each of them.
 */
public final class BandwidthTable implements Bandwidths {

    private final Database database;

    private final String node;

    /**
     * Opens it.
     * @param node the asking node
     */
    public BandwidthTable(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    @Override
    public Bandwidth everything() {
        return this.database.sql("SELECT value FROM setting WHERE name = 'bandwidth'")
            .query(String.class)
            .optional()
            .map((json) -> PolicyJson.read(json, Bandwidth.class))
            .orElse(Bandwidth.UNLIMITED);
    }

    @Override
    public void limitEverything(Bandwidth bandwidth) {
        this.database.sql("""
                INSERT INTO setting (name, value) VALUES ('bandwidth', :value::jsonb)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value, update_time = now()
                """).param("value", PolicyJson.write(bandwidth)).update();
    }

    @Override
    public List<Limit> limits() {
        List<LimitRow> rows = this.database.sql("""
                SELECT 'policy' AS kind, id, bandwidth FROM policy WHERE bandwidth <> '{}'
                UNION ALL
                SELECT 'registry', id, bandwidth FROM registry WHERE bandwidth <> '{}'
                UNION ALL
                SELECT 'everything', 0, value FROM setting WHERE name = 'bandwidth' AND value <> '{}'
                """).query(BandwidthTable::row).list();
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Worker> workers = workers();
        return rows.stream()
            .map((each) -> new Limit(each.what(), each.bandwidth(), nodes(each.what(), workers)))
            .toList();
    }

    // Reads running tasks only, about twice the slots of the cluster.
    private List<Worker> workers() {
        return this.database.sql("""
                SELECT DISTINCT t.owner, e.policy_id, e.src_registry_id, e.dest_registry_id
                FROM execution e
                CROSS JOIN LATERAL (
                    SELECT DISTINCT owner FROM task
                    WHERE execution_id = e.id AND state = 'running') t
                WHERE e.state IN ({execution open})
                """)
            .query((row, number) -> new Worker(row.getString("owner"), row.getLong("policy_id"),
                    row.getLong("src_registry_id"), row.getLong("dest_registry_id")))
            .list();
    }

    // The node itself counts before its first task: the task begins with a smaller share,
    // and the other nodes reduce theirs when they next read the limits.
    private int nodes(Limited what, List<Worker> workers) {
        Set<String> nodes = new HashSet<>(Set.of(this.node));
        workers.stream().filter((worker) -> worker.worksOn(what)).map(Worker::node).forEach(nodes::add);
        return nodes.size();
    }

    private static LimitRow row(ResultSet row, int number) throws SQLException {
        long id = row.getLong("id");
        Limited what = switch (row.getString("kind")) {
            case "policy" -> new Limited.ByPolicy(id);
            case "registry" -> new Limited.ByRegistry(id);
            default -> new Limited.Everything();
        };
        return new LimitRow(what, PolicyJson.read(row.getString("bandwidth"), Bandwidth.class));
    }

    private record LimitRow(Limited what, Bandwidth bandwidth) {
    }

    private record Worker(String node, long policy, long source, long destination) {

        boolean worksOn(Limited what) {
            return switch (what) {
                case Limited.Everything() -> true;
                case Limited.ByPolicy(long id) -> this.policy == id;
                case Limited.ByRegistry(long id) -> this.source == id || this.destination == id;
            };
        }

    }

}
