-- What the gauges (camel/gauges.sql) look up every few seconds, however long the history.

-- When a policy last succeeded: one entry read for each policy.
CREATE INDEX execution_success_idx ON execution (policy_id, end_time) WHERE state = 'succeeded';
-- What has just ended: its last bytes still belong to the rate.
CREATE INDEX execution_end_idx ON execution (end_time) WHERE end_time IS NOT NULL;
