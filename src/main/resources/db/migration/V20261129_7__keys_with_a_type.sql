-- Apart from the columns, so that tables can be read while the indexes are built.
-- The narrower keys task_source_key, placement_pkey and execution_item_pkey stay for one release:
-- the version before names their columns in ON CONFLICT. Until they are dropped, two types must
-- not share a name within one execution, nor at a destination of one policy.
CREATE UNIQUE INDEX task_resource_key ON task (src_resource, execution_id, resource_type, dest_registry_id);
CREATE UNIQUE INDEX placement_resource_key ON placement (policy_id, registry_id, resource_type, repository, tag);
CREATE UNIQUE INDEX execution_item_resource_key ON execution_item (execution_id, resource_type, repository, tag);
