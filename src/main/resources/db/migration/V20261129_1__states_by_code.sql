-- The states of executions and tasks stand in one table of code (replication.execution.state), and a new one
-- is a line there. Nodes of the version before write the states that they always wrote.
ALTER TABLE execution DROP CONSTRAINT execution_state_check;
ALTER TABLE task DROP CONSTRAINT task_state_check;
