-- Who may use the API.
CREATE TABLE account (
    name          text PRIMARY KEY,
    password_hash text NOT NULL
);

CREATE TABLE registry (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            text        NOT NULL CONSTRAINT registry_name UNIQUE,
    description     text        NOT NULL,
    type            text        NOT NULL,
    url             text        NOT NULL,
    insecure        boolean     NOT NULL,
    credential_type text        NOT NULL,
    access_key      text        NOT NULL,
    secret          bytea,      -- encrypted, see SecretBox
    ca_certificate  text,
    proxy_url       text,
    status          text        NOT NULL,
    status_text     text        NOT NULL,
    status_time     timestamptz,
    check_claimed   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE policy (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name             text        NOT NULL CONSTRAINT policy_name UNIQUE,
    creator          text        NOT NULL,
    creation_time    timestamptz NOT NULL DEFAULT now(),
    update_time      timestamptz NOT NULL DEFAULT now(),
    src_registry_id  bigint      NOT NULL CONSTRAINT policy_source REFERENCES registry,
    dest_registry_id bigint      NOT NULL CONSTRAINT policy_destination REFERENCES registry,
    definition       jsonb       NOT NULL -- the rest, see PolicyJson
);
CREATE INDEX policy_src_registry ON policy (src_registry_id);
CREATE INDEX policy_dest_registry ON policy (dest_registry_id);

-- policy_id has no foreign key: history outlives its policy.
CREATE TABLE execution (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    policy_id        bigint      NOT NULL,
    policy_name      text        NOT NULL,
    policy           jsonb       NOT NULL, -- as it stood at the start
    state            text        NOT NULL,
    status_text      text        NOT NULL DEFAULT '',
    trigger          text        NOT NULL,
    started_by       text        NOT NULL,
    priority         smallint    NOT NULL DEFAULT 0,
    discovered       boolean     NOT NULL DEFAULT false, -- no task will be added any more
    discovery_failed boolean     NOT NULL DEFAULT false,
    start_time       timestamptz NOT NULL DEFAULT now(),
    end_time         timestamptz,
    -- The summary, computed from the rows of its tasks.
    total            bigint      NOT NULL DEFAULT 0,
    failed           bigint      NOT NULL DEFAULT 0,
    succeed          bigint      NOT NULL DEFAULT 0,
    in_progress      bigint      NOT NULL DEFAULT 0,
    copied           bigint      NOT NULL DEFAULT 0,
    unchanged        bigint      NOT NULL DEFAULT 0,
    kept             bigint      NOT NULL DEFAULT 0,
    skipped          bigint      NOT NULL DEFAULT 0,
    failed_artifacts bigint      NOT NULL DEFAULT 0,
    bytes            bigint      NOT NULL DEFAULT 0
);
CREATE INDEX execution_open ON execution (id) WHERE end_time IS NULL;
CREATE INDEX execution_policy ON execution (policy_id, id);

-- Tables that grow are partitioned by execution, so that history is dropped, not deleted; no foreign
-- key leads into them. Their partitions are made by Partitions.
CREATE SEQUENCE task_id;
CREATE TABLE task (
    execution_id     bigint   NOT NULL,
    id               bigint   NOT NULL DEFAULT nextval('task_id'),
    resource_type    text     NOT NULL,
    src_resource     text     NOT NULL,
    dest_resource    text     NOT NULL,
    state            text     NOT NULL,
    status_text      text     NOT NULL DEFAULT '',
    owner            text,               -- the node that has it
    attempt          integer  NOT NULL DEFAULT 0, -- with owner the fence
    stop_requested   boolean  NOT NULL DEFAULT false,
    state_time       timestamptz NOT NULL DEFAULT now(), -- when it was queued or claimed
    start_time       timestamptz,
    end_time         timestamptz,
    copied           bigint   NOT NULL DEFAULT 0,
    unchanged        bigint   NOT NULL DEFAULT 0,
    kept             bigint   NOT NULL DEFAULT 0,
    skipped          bigint   NOT NULL DEFAULT 0,
    failed_artifacts bigint   NOT NULL DEFAULT 0,
    bytes            bigint   NOT NULL DEFAULT 0,
    PRIMARY KEY (execution_id, id),
    UNIQUE (execution_id, src_resource)
) PARTITION BY RANGE (execution_id);
CREATE INDEX task_destination ON task (execution_id, dest_resource);
CREATE INDEX task_pending ON task (execution_id, id) WHERE state = 'pending';
CREATE INDEX task_active ON task (execution_id, id) WHERE state IN ('queued', 'running');

-- What was done to single artifacts or refused; unchanged ones are a number in their task's row. A row
-- is 'open' from its announcement to its outcome.
CREATE TABLE artifact_outcome (
    execution_id bigint  NOT NULL,
    task_id      bigint  NOT NULL,
    reference    text    NOT NULL,
    result       text    NOT NULL,
    digest       text    NOT NULL DEFAULT '',
    bytes        bigint  NOT NULL DEFAULT 0,
    reason       text    NOT NULL DEFAULT '',
    attempt      integer NOT NULL, -- of the last write
    PRIMARY KEY (execution_id, task_id, reference)
) PARTITION BY RANGE (execution_id);

CREATE SEQUENCE task_log_id;
CREATE TABLE task_log (
    execution_id bigint      NOT NULL,
    task_id      bigint      NOT NULL,
    id           bigint      NOT NULL DEFAULT nextval('task_log_id'),
    time         timestamptz NOT NULL,
    text         text        NOT NULL,
    PRIMARY KEY (execution_id, task_id, id)
) PARTITION BY RANGE (execution_id);

-- What a policy put where; deletion and mirroring rest on it, so it outlives executions.
CREATE TABLE placement (
    policy_id    bigint      NOT NULL,
    registry_id  bigint      NOT NULL,
    repository   text        NOT NULL,
    tag          text        NOT NULL,
    digest       text        NOT NULL,
    execution_id bigint      NOT NULL,
    time         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (policy_id, registry_id, repository, tag)
);

-- db-scheduler's own table, as its 16.x describes it for PostgreSQL.
CREATE TABLE scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);
CREATE INDEX scheduled_tasks_priority ON scheduled_tasks (priority DESC, execution_time ASC);
