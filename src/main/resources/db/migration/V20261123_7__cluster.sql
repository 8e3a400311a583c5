-- What nodes agree on: who is there, and who sends which large blob where.

CREATE TABLE node (
    name        text PRIMARY KEY,
    roles       text NOT NULL,
    slots       integer NOT NULL, -- tasks at once; 0 where it does not work
    key_print   text NOT NULL,    -- tells two keys apart and nothing else
    layout_mark text NOT NULL,    -- the same where the folder of layouts is shared
    start_time  timestamptz NOT NULL DEFAULT now(),
    heard_time  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE blob_lease (
    registry text COLLATE "C" NOT NULL, -- place and account
    digest   text COLLATE "C" NOT NULL,
    owner    text NOT NULL,             -- a node
    until    timestamptz NOT NULL,
    PRIMARY KEY (registry, digest)
) WITH (fillfactor = 70);

-- Believed, never relied upon: whoever mounts from there lets the registry confirm.
CREATE TABLE blob_location (
    registry   text COLLATE "C" NOT NULL,
    digest     text COLLATE "C" NOT NULL,
    repository text COLLATE "C" NOT NULL,
    time       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (registry, digest)
);

CREATE INDEX blob_location_time_idx ON blob_location (time);
