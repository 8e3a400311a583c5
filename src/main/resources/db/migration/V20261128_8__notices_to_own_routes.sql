-- Notices also go to routes of an operator's own. The version before takes such a subscription for a webhook
-- without a URL and fails its deliveries, which are tried again until a newer node takes them.
ALTER TABLE subscription DROP CONSTRAINT subscription_type_check;
ALTER TABLE subscription ADD CONSTRAINT subscription_type_check
    CHECK (type IN ('cloudevents', 'slack', 'teams', 'email', 'route'));
