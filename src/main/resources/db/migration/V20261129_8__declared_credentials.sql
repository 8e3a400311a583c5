-- A registry's credential is one JSON value, of a kind that its adapter declares:
-- {"type": "basic", "values": {"access_key": "me"}, "secrets": {"access_secret": "v1:..."}}.
-- Each secret is sealed by itself, as before. The version before reads and writes
-- credential_type, access_key and sealed_secret: the trigger keeps both forms in step for one
-- release.

ALTER TABLE registry
    DROP CONSTRAINT registry_credential_type_check,
    ADD COLUMN credential jsonb,
    ADD COLUMN settings jsonb NOT NULL DEFAULT '{}'; -- what the adapter asks for besides

CREATE FUNCTION registry_credential() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.credential IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.credential IS DISTINCT FROM OLD.credential) THEN
        NEW.credential_type := NEW.credential ->> 'type';
        NEW.access_key := NEW.credential #>> '{values,access_key}';
        NEW.sealed_secret := NEW.credential #>> '{secrets,access_secret}';
    ELSIF NEW.credential IS NULL OR (NEW.credential_type, NEW.access_key, NEW.sealed_secret)
            IS DISTINCT FROM (OLD.credential_type, OLD.access_key, OLD.sealed_secret) THEN
        NEW.credential := jsonb_build_object('type', NEW.credential_type,
            'values', jsonb_strip_nulls(jsonb_build_object('access_key', NEW.access_key)),
            'secrets', CASE NEW.credential_type WHEN 'none' THEN '{}'
                ELSE jsonb_build_object('access_secret', coalesce(NEW.sealed_secret, '')) END);
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER registry_credential BEFORE INSERT OR UPDATE ON registry
    FOR EACH ROW EXECUTE FUNCTION registry_credential();

UPDATE registry SET credential = NULL;

ALTER TABLE registry ALTER COLUMN credential SET NOT NULL;
