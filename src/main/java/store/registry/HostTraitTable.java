package store.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import oci.model.HostRecords;
import oci.model.HostRecords.Fact;
import oci.model.HostRecords.Trait;
import store.sql.Database;

/**
 * The table {@code host_trait}, through which nodes share the capabilities that hosts
 * have shown. A trait is forgotten after a day, because registries change and a short
 * fault must not count for ever.
 */
public final class HostTraitTable {

    private static final List<String> KNOWN = Arrays.stream(Trait.values()).map(HostTraitTable::name).toList();

    private final Database database;

    private final HostRecords records;

    public HostTraitTable(Database database, HostRecords records) {
        this.database = database;
        this.records = records;
    }

    /** Writes the traits that this node has learned and reads those of other nodes. */
    public void exchange() {
        List<Fact> news = this.records.news();
        try {
            if (!news.isEmpty()) {
                this.database.inTransaction(() -> write(news));
            }
            this.database.sql("DELETE FROM host_trait WHERE time < now() - interval '1 day'").update();
            this.records.take(read());
        }
        catch (RuntimeException ex) {
            this.records.notKept(news);
            throw ex;
        }
    }

    // Sorted, so that two nodes cannot wait for each other.
    private void write(List<Fact> facts) {
        this.database.sql("""
                INSERT INTO host_trait AS h (host, trait, value)
                SELECT * FROM unnest(:hosts::text[], :traits::text[], :values::bigint[]) AS n (host, trait, value)
                ORDER BY 1, 2
                ON CONFLICT (host, trait) DO UPDATE SET value = excluded.value, time = now()
                WHERE h.value <> excluded.value
                """)
            .param("hosts", facts.stream().map(Fact::host).toArray(String[]::new))
            .param("traits", facts.stream().map((fact) -> name(fact.trait())).toArray(String[]::new))
            .param("values", facts.stream().map(Fact::value).toArray(Long[]::new))
            .update();
    }

    /** Leaves out traits that only a later version knows. */
    private List<Fact> read() {
        return this.database.sql("SELECT host, trait, value FROM host_trait WHERE trait = ANY (:known::text[])")
            .param("known", KNOWN.toArray(String[]::new))
            .query((row, _) -> new Fact(row.getString("host"), trait(row.getString("trait")), row.getLong("value")))
            .list();
    }

    private static String name(Trait trait) {
        return trait.name().toLowerCase(Locale.ROOT);
    }

    private static Trait trait(String name) {
        return Trait.valueOf(name.toUpperCase(Locale.ROOT));
    }

}
