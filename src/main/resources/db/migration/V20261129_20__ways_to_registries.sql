-- How a registry is reached: a client certificate with its sealed key, the login of its proxy, and how many requests a second
-- it takes, such as {"manifest_put": 10}. The version before neither reads nor writes them: a registry that it changes keeps
-- them, and it connects without.

ALTER TABLE registry
    ADD COLUMN client_certificate    text,
    ADD COLUMN sealed_client_key     text,
    ADD COLUMN proxy_user            text,
    ADD COLUMN sealed_proxy_password text,
    ADD COLUMN requests_per_second   jsonb NOT NULL DEFAULT '{}';
