-- The runs of policies. Nothing refers to the tables that grow by a foreign key, and they
-- are partitioned by ranges of execution ids (store.Partitions makes them ahead), so that
-- history is dropped, not deleted.

CREATE SEQUENCE execution_id_seq;

CREATE TABLE execution (
    id               bigint PRIMARY KEY,
    policy_id        bigint NOT NULL, -- no foreign key: history outlives its policy
    policy_name      text NOT NULL,
    policy           jsonb NOT NULL,  -- the policy as it stood when this started
    state            text NOT NULL CHECK (state IN ('pending', 'running', 'paused', 'stopping', 'succeeded',
                         'partial', 'failed', 'stopped')),
    status_text      text NOT NULL DEFAULT '',
    trigger          text NOT NULL,
    started_by       text NOT NULL,
    priority         smallint NOT NULL DEFAULT 0, -- the higher, the earlier
    discovered       boolean NOT NULL DEFAULT false,
    failure          text, -- why discovery could not go on; it then ends as failed
    start_time       timestamptz NOT NULL DEFAULT now(),
    update_time      timestamptz NOT NULL DEFAULT now(),
    end_time         timestamptz,
    total            bigint NOT NULL DEFAULT 0, -- tasks
    failed           bigint NOT NULL DEFAULT 0,
    succeed          bigint NOT NULL DEFAULT 0,
    in_progress      bigint NOT NULL DEFAULT 0,
    copied           bigint NOT NULL DEFAULT 0, -- artifacts
    unchanged        bigint NOT NULL DEFAULT 0,
    kept             bigint NOT NULL DEFAULT 0,
    skipped          bigint NOT NULL DEFAULT 0,
    failed_artifacts bigint NOT NULL DEFAULT 0,
    bytes            bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

CREATE INDEX execution_policy_idx ON execution (policy_id, id);
CREATE INDEX execution_start_idx ON execution (start_time);
-- What dispatch, the sweep and a policy's deletion look at: a handful among millions.
CREATE INDEX execution_open_idx ON execution (id) WHERE state IN ('pending', 'running', 'paused', 'stopping');

CREATE SEQUENCE task_id_seq;

CREATE TABLE task (
    execution_id   bigint NOT NULL,
    id             bigint NOT NULL DEFAULT nextval('task_id_seq'),
    resource_type  text NOT NULL,
    src_resource   text COLLATE "C" NOT NULL,
    dest_resource  text COLLATE "C" NOT NULL,
    state          text NOT NULL CHECK (state IN ('pending', 'queued', 'running', 'retrying', 'paused',
                       'succeeded', 'failed', 'stopped', 'skipped')),
    status_text    text NOT NULL DEFAULT '',
    owner          text,
    attempt        integer NOT NULL DEFAULT 0,
    stop_requested boolean NOT NULL DEFAULT false,
    copied         bigint NOT NULL DEFAULT 0,
    unchanged      bigint NOT NULL DEFAULT 0,
    kept           bigint NOT NULL DEFAULT 0,
    skipped        bigint NOT NULL DEFAULT 0,
    failed         bigint NOT NULL DEFAULT 0,
    bytes          bigint NOT NULL DEFAULT 0,
    creation_time  timestamptz NOT NULL DEFAULT now(),
    update_time    timestamptz NOT NULL DEFAULT now(), -- when the state last changed
    start_time     timestamptz,
    end_time       timestamptz,
    PRIMARY KEY (execution_id, id),
    CONSTRAINT task_source_key UNIQUE (execution_id, src_resource)
) PARTITION BY RANGE (execution_id);

-- The backlog: dispatch reads its head for each running execution, whatever lies behind.
CREATE INDEX task_pending_idx ON task (execution_id, id) WHERE state = 'pending';
-- In work: at most about twice the slots of the cluster.
CREATE INDEX task_in_work_idx ON task (execution_id, id) WHERE state IN ('queued', 'running', 'retrying');
-- Two sources that map to one destination.
CREATE INDEX task_destination_idx ON task (execution_id, dest_resource);

-- What was done to single artifacts; unchanged ones are a number in their task. 'open'
-- ones are announced and not yet known.
CREATE TABLE artifact_outcome (
    execution_id bigint NOT NULL,
    task_id      bigint NOT NULL,
    reference    text COLLATE "C" NOT NULL,
    result       text NOT NULL CHECK (result IN ('open', 'copied', 'kept', 'skipped', 'failed')),
    digest       text NOT NULL DEFAULT '',
    bytes        bigint NOT NULL DEFAULT 0,
    reason       text NOT NULL DEFAULT '',
    attempt      integer NOT NULL, -- of the last write
    earlier      boolean NOT NULL DEFAULT false, -- an attempt before that one announced or copied it
    time         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (execution_id, task_id, reference)
) PARTITION BY RANGE (execution_id);

CREATE SEQUENCE task_log_id_seq;

CREATE TABLE task_log (
    execution_id bigint NOT NULL,
    task_id      bigint NOT NULL,
    id           bigint NOT NULL DEFAULT nextval('task_log_id_seq'),
    time         timestamptz NOT NULL,
    text         text NOT NULL,
    PRIMARY KEY (execution_id, task_id, id)
) PARTITION BY RANGE (execution_id);
