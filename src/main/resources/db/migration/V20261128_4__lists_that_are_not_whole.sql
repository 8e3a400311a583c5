-- What a source's list of repositories lacked, such as entries that are no names. What it had is copied,
-- and the execution ends as partial. Nodes of the version before write nothing here.
ALTER TABLE execution ADD COLUMN list_lacks text NOT NULL DEFAULT '';
