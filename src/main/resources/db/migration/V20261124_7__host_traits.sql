-- What the hosts of registries have shown in passing that they can. What is wrong in it
-- is learned anew.
CREATE TABLE host_trait (
    host  text COLLATE "C" NOT NULL,       -- scheme://host:port
    trait text COLLATE "C" NOT NULL,
    value bigint NOT NULL,                 -- 1 and 0 for yes and no; of refused_body bytes
    time  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (host, trait)
);
