package store.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import replication.cluster.Node;
import replication.cluster.Nodes;
import store.sql.Columns;
import store.sql.Database;

/** The table {@code node}. */
public final class NodeTable implements Nodes {

    private final Database database;

    public NodeTable(Database database) {
        this.database = database;
    }

    @Override
    public Roll beat(Node self) {
        hear(self);
        List<Node> living = new ArrayList<>();
        Instant[] now = new Instant[1];
        // The node's own beat is a moment old at most. The time is taken when the answer
        // is made, not when the transaction began.
        this.database.sql("""
                SELECT name, roles, slots, key_print, layout_mark, clock_timestamp() AS now FROM node
                WHERE heard_time > now() - interval '20 seconds'
                ORDER BY name
                """).query((row) -> {
            living.add(new Node(row.getString("name"), Set.of(row.getString("roles").split(",")), row.getInt("slots"),
                    row.getString("key_print"), row.getString("layout_mark")));
            now[0] = Columns.time(row, "now");
        });
        @Nullable Instant told = now[0];
        return new Roll(living, Objects.requireNonNull(told, "the node's own row is missing"));
    }

    private void hear(Node self) {
        this.database.sql("""
                WITH forgotten AS (
                    DELETE FROM node WHERE heard_time < now() - interval '5 minutes' AND name <> :name)
                INSERT INTO node (name, roles, slots, key_print, layout_mark)
                VALUES (:name, :roles, :slots, :key_print, :layout_mark)
                ON CONFLICT (name) DO UPDATE SET heard_time = now()
                """)
            .param("name", self.name())
            .param("roles", String.join(",", self.roles()))
            .param("slots", self.slots())
            .param("key_print", self.keyPrint())
            .param("layout_mark", self.layoutMark())
            .update();
    }

    @Override
    public void leave(String name) {
        this.database.sql("DELETE FROM node WHERE name = :name").param("name", name).update();
    }

    @Override
    public List<String> folders() {
        return this.database.sql("SELECT name FROM registry WHERE type = 'layout' ORDER BY name")
            .query(String.class)
            .list();
    }

}
