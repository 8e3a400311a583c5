package api;

import replication.registry.Health;

/** What asking an unsaved registry found. */
record PingView(String status, String statusText) {

    static PingView of(Health health) {
        return new PingView(health.status().id(), health.reason());
    }

}
