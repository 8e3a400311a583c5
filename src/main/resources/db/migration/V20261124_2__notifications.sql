-- Who is told of what, and the outbox: rows are written in the transaction of what they
-- tell of. Nodes of the version before write none, and need nothing of this.

CREATE SEQUENCE subscription_id_seq;

CREATE TABLE subscription (
    id            bigint PRIMARY KEY DEFAULT nextval('subscription_id_seq'),
    name          text NOT NULL CONSTRAINT subscription_name_key UNIQUE,
    policy_id     bigint REFERENCES policy ON DELETE CASCADE, -- none: all policies
    events        text[] NOT NULL,
    type          text NOT NULL CHECK (type IN ('cloudevents', 'slack', 'teams', 'email')),
    sealed_url    text, -- as a secret may be part of it, see store.SecretBox
    recipients    text[] NOT NULL, -- of mail
    sealed_secret text,
    enabled       boolean NOT NULL,
    creation_time timestamptz NOT NULL DEFAULT now(),
    update_time   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX subscription_policy_idx ON subscription (policy_id);

-- Rises in the order of commits, see store.Outbox.
CREATE SEQUENCE delivery_place_seq;

CREATE TABLE delivery (
    id              bigint PRIMARY KEY DEFAULT nextval('delivery_place_seq'),
    subscription_id bigint NOT NULL REFERENCES subscription ON DELETE CASCADE,
    place           bigint NOT NULL, -- the order of a subscription; its id, or later where it was queued again
    notice_id       text NOT NULL DEFAULT gen_random_uuid()::text, -- the same at every attempt
    event           text NOT NULL,
    policy_id       bigint NOT NULL, -- no foreign keys: what was told outlives what it told of
    execution_id    bigint NOT NULL,
    data            json NOT NULL, -- the execution as it stood then
    time            timestamptz NOT NULL DEFAULT now(),
    state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
    attempt         integer NOT NULL DEFAULT 0,
    queued_time     timestamptz NOT NULL DEFAULT now(), -- since then its patience is counted
    due             timestamptz NOT NULL DEFAULT now(), -- the next attempt; while one goes on, the end of its lease
    error           text NOT NULL DEFAULT '',
    end_time        timestamptz
) WITH (fillfactor = 70);

-- The head of each subscription.
CREATE INDEX delivery_waiting_idx ON delivery (subscription_id, place) WHERE state = 'waiting';
CREATE INDEX delivery_subscription_idx ON delivery (subscription_id, id);
CREATE INDEX delivery_end_idx ON delivery (end_time) WHERE end_time IS NOT NULL;

-- Whether a policy's latest verdict was a failure. It has no foreign key: that would lock
-- the policy after its execution, and everybody else locks them the other way round.
CREATE TABLE policy_condition (
    policy_id bigint PRIMARY KEY,
    failing   boolean NOT NULL,
    time      timestamptz NOT NULL DEFAULT now()
);

INSERT INTO policy_condition (policy_id, failing)
SELECT DISTINCT ON (e.policy_id) e.policy_id, e.state <> 'succeeded'
FROM execution e JOIN policy p ON p.id = e.policy_id AND NOT p.one_kick
WHERE e.state IN ('succeeded', 'partial', 'failed')
ORDER BY e.policy_id, e.end_time DESC;
