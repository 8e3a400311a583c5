-- By which key the secrets are sealed; tells nothing of it. One row.
CREATE TABLE key_print (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    print text NOT NULL,
    time  timestamptz NOT NULL DEFAULT now()
);
