package app;

import java.time.Clock;
import java.time.Duration;
import java.util.TreeSet;
import java.util.stream.Collectors;

import api.execution.EntryApi;
import api.registry.HookApi;
import app.settings.Settings;
import events.EventSenders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import replication.event.EventInbox;
import replication.event.EventPolling;
import replication.event.Hooks;
import replication.event.Intake;
import replication.event.Sender;
import replication.event.WebhookSetup;
import replication.execution.flow.Starts;
import replication.policy.Policies;
import replication.registry.Adapters;
import replication.registry.Connections;
import replication.registry.Adapters;
import replication.registry.Connections;
import replication.registry.Registries;
import store.event.EventTable;
import store.event.HookTable;
import store.history.Partitions;
import store.secret.SecretBox;
import store.sql.ClusterTurn;
import store.sql.Database;

/** Events from registries. */
@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    /** Shorter than the time between two ticks, which come a little early or late. */
    private static final Duration POLLS = Duration.ofMillis(1500);

    @Bean
    Hooks hooks(Database database, SecretBox secrets) {
        return new HookTable(database, secrets);
    }

    @Bean
    EventInbox eventInbox(Database database, Partitions partitions, Settings settings) {
        return new EventTable(database, partitions, settings.events().window());
    }

    @Bean
    Intake intake(Hooks hooks, EventInbox inbox, Clock clock, Settings settings) {
        return new Intake(hooks, inbox, EventSenders::named, EventSenders::find, clock, settings.events().rate());
    }

    /** Called by the route tick-polls. */
    @Bean
    EventPolling eventPolling(Registries registries, Adapters adapters, Connections connections, EventInbox inbox,
            Database database, Clock clock) {
        return new EventPolling(registries, adapters, connections, inbox, EventSenders::named,
                new ClusterTurn(database, "event-polls", POLLS)::take, clock);
    }

    /** Called by own routes. */
    @Bean
    EntryApi entryApi(Starts starts, Policies policies, Registries registries, EventInbox inbox) {
        return new EntryApi(starts, policies, registries, inbox, EventSenders.named("plain"));
    }

    @Bean
    WebhookSetup webhookSetup(Hooks hooks, Registries registries, Adapters adapters, Connections connections) {
        return new WebhookSetup(hooks, registries, adapters, connections);
    }

    @Bean
    HookApi hookApi(Hooks hooks, Intake intake, WebhookSetup setup) {
        return new HookApi(hooks, intake, setup,
                EventSenders.all().stream().map(Sender::identity).collect(Collectors.toCollection(TreeSet::new)));
    }

}
