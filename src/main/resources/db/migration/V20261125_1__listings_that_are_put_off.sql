-- A listing whose registry is away for now is made again. Nodes of the version before end such
-- an execution as failed, as they always did.
ALTER TABLE execution
    ADD COLUMN put_off_since timestamptz, -- by the first of the tries that failed
    ADD COLUMN next_listing timestamptz;  -- not before then
