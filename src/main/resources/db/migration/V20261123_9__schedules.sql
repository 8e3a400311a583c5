-- When policies come next by the clock. A row for each trigger that has a timetable, claimed
-- by whoever fires it.
CREATE TABLE schedule (
    policy_id bigint NOT NULL REFERENCES policy ON DELETE CASCADE,
    place     integer NOT NULL, -- of the trigger in its policy
    timetable text NOT NULL,    -- as it was when the times were computed
    time      timestamptz NOT NULL, -- the expression's own
    due       timestamptz NOT NULL, -- with its spread
    PRIMARY KEY (policy_id, place)
);

CREATE INDEX schedule_due_idx ON schedule (due);

-- Ran once by nobody's order but a request's: its policy is in no list.
ALTER TABLE policy ADD COLUMN one_kick boolean NOT NULL DEFAULT false;

-- Only the primary key begins with the execution. Of several that do, PostgreSQL takes any
-- for "execution and task" where its statistics have not yet heard of the execution, and
-- reads all of it.
ALTER TABLE task DROP CONSTRAINT task_source_key;
ALTER TABLE task ADD CONSTRAINT task_source_key UNIQUE (src_resource, execution_id);
DROP INDEX task_destination_idx;
CREATE INDEX task_destination_idx ON task (dest_resource, execution_id);

-- And statistics of executions are not kept at all: they never know the latest ones
-- (store.Partitions does the same for those to come).
DO $$
DECLARE
    partition regclass;
BEGIN
    FOR partition IN
        SELECT inhrelid::regclass FROM pg_inherits
        WHERE inhparent IN ('task'::regclass, 'artifact_outcome'::regclass, 'task_log'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN execution_id SET STATISTICS 0', partition);
    END LOOP;
END
$$;
