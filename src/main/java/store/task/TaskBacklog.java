package store.task;

import java.util.List;

import replication.execution.task.PlannedTask;
import store.sql.Database;

/** Adds the tasks that discovery finds to the backlog. */
final class TaskBacklog {

    private final Database database;

    TaskBacklog(Database database) {
        this.database = database;
    }

    void add(long executionId, List<PlannedTask> planned) {
        this.database.inTransaction(() -> {
            // The lock makes two discoveries of an execution write one after the other,
            // so that the second sees the destinations of the first. A stop waits for it,
            // until these tasks are there to be stopped.
            boolean discovering = this.database.sql("""
                    SELECT id FROM execution
                    WHERE id = :id AND state = 'running' AND NOT discovered AND failure IS NULL
                    FOR NO KEY UPDATE
                    """).param("id", executionId).query(Long.class).optional().isPresent();
            if (discovering && !planned.isEmpty()) {
                insert(executionId, planned);
            }
        });
    }

    // The rival is the first element of an array. With ORDER BY and LIMIT 1 the planner
    // would walk the primary key through all tasks of the execution for each new task.
    private void insert(long executionId, List<PlannedTask> planned) {
        this.database.sql("""
                WITH planned AS (
                    SELECT type, source, registry, destination, place,
                        first_value(source) OVER (PARTITION BY type, registry, destination ORDER BY place) AS first
                    FROM unnest(:types::text[], :sources::text[], :registries::bigint[], :destinations::text[])
                        WITH ORDINALITY AS p (type, source, registry, destination, place)
                    WHERE NOT EXISTS (
                        SELECT FROM task t
                        WHERE t.execution_id = :execution AND t.src_resource = p.source
                        AND t.resource_type = p.type AND t.dest_registry_id IN (0, p.registry))),
                checked AS (
                    SELECT p.type, p.source, p.registry, p.destination, p.place,
                        nullif(coalesce(taken.source, p.first), p.source COLLATE "C") AS rival
                    FROM planned p
                    LEFT JOIN LATERAL (
                        SELECT (array_agg(t.src_resource ORDER BY t.id))[1] AS source FROM task t
                        WHERE t.execution_id = :execution AND t.dest_resource = p.destination
                        AND t.resource_type = p.type AND t.dest_registry_id IN (0, p.registry)) taken ON true)
                INSERT INTO task (execution_id, resource_type, src_resource, dest_registry_id, dest_resource, state,
                    status_text, end_time)
                SELECT :execution, type, source, registry, destination,
                    CASE WHEN rival IS NULL THEN 'pending' ELSE 'failed' END,
                    coalesce('its destination ' || destination || ' is already that of ' || rival, ''),
                    CASE WHEN rival IS NOT NULL THEN now() END
                FROM checked
                ORDER BY place
                ON CONFLICT DO NOTHING
                """)
            .param("execution", executionId)
            .param("types", planned.stream().map((task) -> task.resource().id()).toArray(String[]::new))
            .param("sources", planned.stream().map(PlannedTask::source).toArray(String[]::new))
            .param("registries", planned.stream().map(PlannedTask::destRegistryId).toArray(Long[]::new))
            .param("destinations", planned.stream().map(PlannedTask::destination).toArray(String[]::new))
            .update();
    }

}
