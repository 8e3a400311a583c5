-- The type of resource belongs to what a policy put where, to events and to what they name, and
-- a task's key has its destination registry as well: the same name may be an image here and
-- something else there. Nodes of the version before know images and one destination only; what
-- they write gets these defaults.
ALTER TABLE task ADD COLUMN dest_registry_id bigint NOT NULL DEFAULT 0; -- 0: the policy's
ALTER TABLE placement ADD COLUMN resource_type text NOT NULL DEFAULT 'image';
ALTER TABLE event ADD COLUMN resource_type text NOT NULL DEFAULT 'image';
ALTER TABLE execution_item ADD COLUMN resource_type text NOT NULL DEFAULT 'image';

-- The narrower keys task_source_key, placement_pkey and execution_item_pkey stay for one release:
-- the version before names their columns in ON CONFLICT. Until they are dropped, two types must
-- not share a name within one execution, nor at a destination of one policy.
CREATE UNIQUE INDEX task_resource_key ON task (src_resource, execution_id, resource_type, dest_registry_id);
CREATE UNIQUE INDEX placement_resource_key ON placement (policy_id, registry_id, resource_type, repository, tag);
CREATE UNIQUE INDEX execution_item_resource_key ON execution_item (execution_id, resource_type, repository, tag);
