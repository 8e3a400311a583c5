-- A registry whose answers were being read when two nodes, or two lives of one, ran out of memory within a
-- day is asked nothing for a day, unless it is edited. Nodes of the version before go on asking it.
ALTER TABLE registry ADD COLUMN exhausted_at timestamptz;

ALTER TABLE registry ADD COLUMN quarantined_until timestamptz;
