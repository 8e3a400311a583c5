-- An execution's tasks that are failed, stopped, skipped or paused, and the first of them:
-- few among a hundred thousand that succeed, which this index leaves out, so that their
-- end costs nothing more. Those that wait or run have indexes already.
CREATE INDEX task_apart_idx ON task (execution_id, state, id)
    WHERE state IN ('failed', 'stopped', 'skipped', 'paused');
