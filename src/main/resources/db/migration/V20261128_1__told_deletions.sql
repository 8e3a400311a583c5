-- Whether it is the deletion of a tag that was told: nothing else that an event names is deleted.
ALTER TABLE execution_item ADD COLUMN deleted boolean NOT NULL DEFAULT false;
