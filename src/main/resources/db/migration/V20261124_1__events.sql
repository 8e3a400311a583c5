-- What registries tell of themselves: where they may tell it, what they have told, and
-- which executions it led to.

CREATE SEQUENCE hook_id_seq;

CREATE TABLE hook (
    id            bigint PRIMARY KEY DEFAULT nextval('hook_id_seq'),
    registry_id   bigint NOT NULL REFERENCES registry ON DELETE CASCADE,
    description   text NOT NULL,
    sender        text NOT NULL, -- empty: told by the shape of what comes
    token_hash    text NOT NULL CONSTRAINT hook_token_key UNIQUE, -- SHA-256 of the path's secret
    proof         text NOT NULL CHECK (proof IN ('none', 'header', 'hmac', 'webhook')),
    proof_header  text NOT NULL DEFAULT '',
    sealed_secret text,
    creation_time timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX hook_registry_idx ON hook (registry_id, id);

-- The inbox. What has been handled stays for a while, so that a delivery that is repeated
-- stays one.
CREATE TABLE event (
    registry_id  bigint NOT NULL REFERENCES registry ON DELETE CASCADE,
    event_id     text COLLATE "C" NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('push', 'delete')),
    repository   text COLLATE "C" NOT NULL,
    tag          text COLLATE "C", -- none: a digest alone
    digest       text,
    time         timestamptz NOT NULL DEFAULT now(), -- of its first delivery
    handled_time timestamptz,
    PRIMARY KEY (registry_id, event_id)
);

CREATE INDEX event_waiting_idx ON event (time) WHERE handled_time IS NULL;
CREATE INDEX event_handled_idx ON event (handled_time) WHERE handled_time IS NOT NULL;

-- What an execution that an event has started looks at.
CREATE TABLE execution_item (
    execution_id bigint NOT NULL REFERENCES execution ON DELETE CASCADE,
    repository   text COLLATE "C" NOT NULL, -- at the source
    tag          text COLLATE "C" NOT NULL,
    PRIMARY KEY (execution_id, repository, tag)
);

-- Deletions that are carried over.
ALTER TABLE artifact_outcome DROP CONSTRAINT artifact_outcome_result_check;
ALTER TABLE artifact_outcome ADD CONSTRAINT artifact_outcome_result_check
    CHECK (result IN ('open', 'copied', 'kept', 'skipped', 'failed', 'deleted')) NOT VALID;
ALTER TABLE task ADD COLUMN deleted bigint NOT NULL DEFAULT 0;
ALTER TABLE execution ADD COLUMN deleted bigint NOT NULL DEFAULT 0;
CREATE INDEX placement_digest_idx ON placement (policy_id, registry_id, repository, digest);
