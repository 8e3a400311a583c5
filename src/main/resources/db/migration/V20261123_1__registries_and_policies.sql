-- What an operator sets up. Names are unique as they are written, case included.

CREATE SEQUENCE registry_id_seq;

CREATE TABLE registry (
    id               bigint PRIMARY KEY DEFAULT nextval('registry_id_seq'),
    name             text NOT NULL CONSTRAINT registry_name_key UNIQUE,
    description      text NOT NULL,
    type             text NOT NULL,
    url              text NOT NULL,
    insecure         boolean NOT NULL,
    credential_type  text NOT NULL CHECK (credential_type IN ('none', 'basic', 'oauth')),
    access_key       text,
    sealed_secret    text, -- AES-256-GCM, see store.SecretBox; never in the clear
    ca_certificate   text,
    proxy_url        text,
    health           text NOT NULL,
    health_reason    text NOT NULL,
    checked_at       timestamptz,
    check_claimed_at timestamptz,
    creation_time    timestamptz NOT NULL DEFAULT now(),
    update_time      timestamptz NOT NULL DEFAULT now()
);

CREATE SEQUENCE policy_id_seq;

CREATE TABLE policy (
    id               bigint PRIMARY KEY DEFAULT nextval('policy_id_seq'),
    name             text NOT NULL CONSTRAINT policy_name_key UNIQUE,
    description      text NOT NULL,
    creator          text NOT NULL,
    creation_time    timestamptz NOT NULL DEFAULT now(),
    update_time      timestamptz NOT NULL DEFAULT now(),
    src_registry_id  bigint NOT NULL CONSTRAINT policy_src_registry_fkey REFERENCES registry,
    src_namespaces   jsonb NOT NULL,
    dest_registry_id bigint NOT NULL CONSTRAINT policy_dest_registry_fkey REFERENCES registry,
    dest_namespace   text NOT NULL,
    filters          jsonb NOT NULL,
    triggers         jsonb NOT NULL,
    deletion         boolean NOT NULL,
    override         boolean NOT NULL,
    enabled          boolean NOT NULL
);

CREATE INDEX policy_src_registry_idx ON policy (src_registry_id);
CREATE INDEX policy_dest_registry_idx ON policy (dest_registry_id);

CREATE TABLE account (
    name          text PRIMARY KEY,
    password_hash text NOT NULL,
    creation_time timestamptz NOT NULL DEFAULT now()
);

-- What a policy put where, from the first copy on: deletion and mirroring rest on it.
-- It has no foreign key and outlives its policy and registry: their ids are never given
-- out again, and it stays the only answer to "who put this tag here". An empty digest
-- means that the copy outlived the node that made it before it could write it down.
CREATE TABLE placement (
    policy_id    bigint NOT NULL,
    registry_id  bigint NOT NULL,
    repository   text COLLATE "C" NOT NULL,
    tag          text COLLATE "C" NOT NULL,
    digest       text NOT NULL,
    execution_id bigint NOT NULL,
    time         timestamptz NOT NULL,
    PRIMARY KEY (policy_id, registry_id, repository, tag)
);
