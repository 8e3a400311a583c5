-- When a duty was last done that one node does for all. Nodes of the version before do theirs
-- without asking, as they always did.
CREATE TABLE duty (
    name text PRIMARY KEY,
    time timestamptz NOT NULL
);
