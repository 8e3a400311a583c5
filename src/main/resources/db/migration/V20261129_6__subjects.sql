-- What an outcome or a placement is of: a tag (role '') or a manifest that refers to another one,
-- by its digest with its role (signature, attestation, sbom, other). A digest is never mistaken
-- for a tag, so the keys stay as they are. Nodes of the version before know tags only.
ALTER TABLE artifact_outcome ADD COLUMN role text NOT NULL DEFAULT '';
ALTER TABLE placement ADD COLUMN role text NOT NULL DEFAULT '';
