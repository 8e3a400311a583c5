-- How far the running attempt is, written by its node at most once a second. It means
-- nothing unless the task is running and its attempt is the one that is named.
ALTER TABLE task ADD COLUMN progress jsonb;
