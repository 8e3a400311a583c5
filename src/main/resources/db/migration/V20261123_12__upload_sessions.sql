-- Uploads of large blobs that are open at a registry, for whoever goes on with them after
-- a crash. What is not found there any more is begun anew.
CREATE TABLE upload_session (
    registry       text COLLATE "C" NOT NULL, -- place and account
    repository     text COLLATE "C" NOT NULL,
    digest         text COLLATE "C" NOT NULL,
    sealed_session text NOT NULL,             -- a URL
    time           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (registry, repository, digest)
);
