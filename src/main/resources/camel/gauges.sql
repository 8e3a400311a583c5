-- What the gauges show: a row for each execution of a policy that goes on or has ended within two
-- minutes (one row without an execution where there is none), and a row for each registry.
--
-- It reads the policies and registries whole; of executions the entries of execution_open_idx, two
-- minutes of execution_end_idx and one entry of execution_success_idx for each policy; of tasks, for
-- each execution that goes on, those of task_in_work_idx (about twice the slots of the cluster) and the
-- head of task_pending_idx. No backlog is counted and no task that has ended is read: how many wait is
-- what the execution's summary has open, which the sweep renews every 5 s, without those in work. With a
-- backlog of one million tasks and two million that have ended it read 15 pages in 0.2 ms.
--
-- What was paused waits on purpose: it counts neither as depth nor as age. A policy that has never
-- succeeded counts from its creation, so that an alarm on the age catches it too. Sets of states, such as
-- {execution open}, are written in by store.sql.StateSql.
WITH recent AS (
    SELECT id, policy_id, state, start_time, in_progress, bytes
    FROM execution
    WHERE state IN ({execution open})
    UNION ALL
    SELECT id, policy_id, state, start_time, in_progress, bytes
    FROM execution
    WHERE end_time > now() - interval '2 minutes' AND state IN ({execution ended})),
load AS (
    SELECT e.id, e.policy_id, e.bytes, work.running,
        CASE WHEN e.state IN ({execution going on})
            THEN greatest(e.in_progress - work.running - work.retrying, work.queued) ELSE 0 END AS waiting,
        CASE
            WHEN e.state = 'pending' THEN e.start_time
            WHEN e.state = 'running' THEN least(work.queued_since, head.creation_time) END AS since
    FROM recent e
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE t.state = 'running') AS running,
            count(*) FILTER (WHERE t.state = 'retrying') AS retrying,
            count(*) FILTER (WHERE t.state = 'queued') AS queued,
            min(t.creation_time) FILTER (WHERE t.state = 'queued') AS queued_since
        FROM task t
        WHERE t.execution_id = e.id AND t.state IN ({task in work})) work
    LEFT JOIN LATERAL (
        SELECT t.creation_time
        FROM task t
        WHERE t.execution_id = e.id AND t.state = 'pending' AND e.state = 'running'
        ORDER BY t.id LIMIT 1) head ON true)
SELECT 'policy' AS kind, p.name, s.name AS source, d.name AS destination,
    extract(epoch FROM now() - coalesce(success.end_time, p.creation_time))::float8 AS since_success,
    l.id AS execution, coalesce(l.bytes, 0) AS bytes, coalesce(l.running, 0) AS running,
    coalesce(l.waiting, 0) AS waiting, coalesce(extract(epoch FROM now() - l.since), 0)::float8 AS age,
    NULL AS health
FROM policy p
JOIN registry s ON s.id = p.src_registry_id
JOIN registry d ON d.id = p.dest_registry_id
LEFT JOIN load l ON l.policy_id = p.id
LEFT JOIN LATERAL (
    SELECT e.end_time
    FROM execution e
    WHERE e.policy_id = p.id AND e.state = 'succeeded' AND e.mode = 'apply'
    ORDER BY e.end_time DESC LIMIT 1) success ON true
UNION ALL
SELECT 'registry', name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, health
FROM registry
