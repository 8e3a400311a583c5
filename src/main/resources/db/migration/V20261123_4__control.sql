-- What an operator decides about running policies: order, caps, overlap, pause and retry.
-- All columns have defaults, so that nodes of the version before go on writing.

ALTER TABLE policy
    ADD COLUMN priority smallint NOT NULL DEFAULT 0, -- the higher, the earlier
    ADD COLUMN overlap text NOT NULL DEFAULT 'skip' CHECK (overlap IN ('skip', 'queue', 'replace', 'allow')),
    ADD COLUMN max_tasks integer NOT NULL DEFAULT 0 CHECK (max_tasks >= 0); -- in the whole cluster; 0: no cap

ALTER TABLE registry
    ADD COLUMN max_tasks integer NOT NULL DEFAULT 0 CHECK (max_tasks >= 0); -- as source or destination

ALTER TABLE execution
    ADD COLUMN waiting boolean NOT NULL DEFAULT false, -- until the one before it of its policy has ended
    ADD COLUMN src_registry_id bigint GENERATED ALWAYS AS ((policy ->> 'src_registry_id')::bigint) STORED,
    ADD COLUMN dest_registry_id bigint GENERATED ALWAYS AS ((policy ->> 'dest_registry_id')::bigint) STORED;

ALTER TABLE task
    ADD COLUMN wish text CHECK (wish IN ('pause', 'yield')), -- what its owner is to do: pause it, or hand it back
    ADD COLUMN failures integer NOT NULL DEFAULT 0, -- passing ones, since somebody last asked for it
    ADD COLUMN retry_time timestamptz; -- while it is retrying: not before then

-- What is tried again, the next first.
CREATE INDEX task_retry_idx ON task (execution_id, retry_time) WHERE state = 'retrying';

-- Who did what to an execution or one of its tasks, when and why. A handful for each
-- execution, and gone with it.
CREATE TABLE execution_change (
    execution_id bigint NOT NULL REFERENCES execution ON DELETE CASCADE,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    task_id      bigint, -- none: the whole execution
    time         timestamptz NOT NULL DEFAULT now(),
    who          text NOT NULL,
    state        text NOT NULL, -- since then
    why          text NOT NULL,
    PRIMARY KEY (execution_id, id)
);
