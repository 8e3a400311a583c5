package replication.event;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import events.EventSenders;
import fixtures.LogLines;
import fixtures.MemoryRegistries;
import fixtures.Registered;
import fixtures.SettableClock;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import replication.StoreAway;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.Adapters;
import replication.registry.Connections;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;

/** A queue's messages go into the inbox, and leave the queue afterwards only. */
class EventPollingTest {

    private final SettableClock clock = new SettableClock();

    private final Queue queue = new Queue();

    private final List<String> stored = new CopyOnWriteArrayList<>();

    private volatile boolean turn = true;

    private volatile @Nullable RuntimeException inboxFails;

    private final Adapters adapters = new Adapters(List.of(this.queue));

    private final EventPolling polling = new EventPolling(
            new MemoryRegistries(Registered.at(URI.create("https://a.example")).build()), this.adapters,
            new Connections(this.adapters), new Inbox(), EventSenders::named, () -> this.turn, this.clock);

    private final LogLines log = new LogLines("replication.event");

    @AfterEach
    void close() {
        this.polling.close();
        this.log.close();
    }

    @Test
    void all_that_waits_is_stored_and_then_taken_out_of_the_queue() {
        this.queue.put("a", "b", "c");

        poll();

        assertThat(this.stored).containsExactly("app:a", "app:b", "app:c");
        assertThat(this.queue.messages).isEmpty();
        assertThat(this.log.lines()).isEmpty();
    }

    @Test
    void nothing_is_taken_out_while_the_inbox_is_away() {
        this.queue.put("a");
        this.inboxFails = new StoreAway("away", new IllegalStateException());

        poll();
        assertThat(this.queue.messages).hasSize(1);

        this.inboxFails = null;
        poll();
        assertThat(this.stored).containsExactly("app:a");
        assertThat(this.queue.messages).isEmpty();
    }

    @Test
    void a_message_that_is_no_event_is_left_in_the_queue_and_told_once() {
        this.queue.messages.add("of another program");
        this.queue.put("a");

        poll();
        poll();

        assertThat(this.stored).containsExactly("app:a");
        assertThat(this.queue.messages).containsExactly("of another program");
        assertThat(this.log.lines()).singleElement()
            .asString()
            .startsWith("registry test: a message of its queue is left there, because it is no event of plain");
    }

    @Test
    void messages_about_other_places_are_left_and_hold_up_none_of_ours() {
        this.queue.messages.addAll(List.of("elsewhere 1", "elsewhere 2", "elsewhere 3", "elsewhere 4"));
        this.queue.put("a");

        poll();
        this.queue.hidden.clear();
        poll();

        assertThat(this.stored).containsExactly("app:a");
        assertThat(this.queue.messages).containsExactly("elsewhere 1", "elsewhere 2", "elsewhere 3", "elsewhere 4");
        assertThat(this.log.lines()).containsExactly(
                "registry test: messages of its queue are left there, because they are not about it but about elsewhere 1");
    }

    @Test
    void messages_about_other_places_that_come_again_at_once_end_the_round() {
        this.queue.messages.addAll(List.of("elsewhere 1", "elsewhere 2"));
        this.queue.hides = false;

        poll();

        assertThat(this.queue.reads).isEqualTo(11);
    }

    @Test
    void a_queue_that_fails_is_told_and_left_alone_for_a_while() {
        this.queue.put("a");
        this.queue.fails = new RegistryFailure.Unauthorized("read queue: 403");

        poll();
        this.queue.fails = null;
        poll();
        assertThat(this.queue.reads).isEqualTo(1);
        assertThat(this.log.lines()).containsExactly(
                "registry test: its events cannot be read: read queue: 403; they are asked for again in 30 s");

        this.clock.advance(Duration.ofSeconds(31));
        poll();
        assertThat(this.stored).containsExactly("app:a");
    }

    @Test
    void a_registry_that_names_no_queue_is_not_even_connected_to() {
        this.queue.put("a");
        this.queue.queued = false;

        poll();

        assertThat(this.queue.reads).isZero();
    }

    @Test
    void a_node_without_the_turn_reads_nothing() {
        this.queue.put("a");
        this.turn = false;

        poll();

        assertThat(this.queue.reads).isZero();
    }

    private void poll() {
        this.polling.poll();
        Awaitility.await().until(() -> !this.polling.reading());
    }

    private final class Inbox implements EventInbox {

        @Override
        public int add(long registryId, List<RegistryEvent> events) {
            RuntimeException failure = EventPollingTest.this.inboxFails;
            if (failure != null) {
                throw failure;
            }
            events.forEach((event) -> EventPollingTest.this.stored.add(event.repository() + ":" + event.tag()));
            return events.size();
        }

        @Override
        public int gather() {
            return 0;
        }

        @Override
        public void purge() {
            // Nothing grows old here.
        }

    }

    /** An adapter whose every registry has this queue. */
    private static final class Queue implements RegistryAdapter, RegistryConnection, EventPoll {

        private final List<String> messages = new CopyOnWriteArrayList<>();

        /** What was read and is left is not given again for a while. */
        private final Set<String> hidden = ConcurrentHashMap.newKeySet();

        private volatile boolean hides = true;

        private volatile @Nullable RegistryFailure fails;

        private volatile int reads;

        private volatile boolean queued = true;

        void put(String... tags) {
            Stream.of(tags)
                .map("{\"id\":\"%1$s\",\"event\":\"push\",\"repository\":\"app\",\"tag\":\"%1$s\"}"::formatted)
                .forEach(this.messages::add);
        }

        @Override
        public synchronized List<Told> read(StopSignal stop) {
            this.reads++;
            RegistryFailure failure = this.fails;
            if (failure != null) {
                throw failure;
            }
            List<Told> read = new ArrayList<>();
            this.messages.stream().filter((text) -> !this.hidden.contains(text)).limit(2).forEach((text) -> {
                boolean elsewhere = text.startsWith("elsewhere");
                if (elsewhere && this.hides) {
                    this.hidden.add(text);
                }
                read.add(new Told("plain", new HookDelivery(Map.of(), text.getBytes(StandardCharsets.UTF_8)), text,
                        elsewhere ? text : ""));
            });
            return read;
        }

        @Override
        public void done(List<Told> told, StopSignal stop) {
            told.forEach((each) -> this.messages.remove(each.receipt()));
        }

        @Override
        public AdapterInfo info() {
            return AdapterInfo.ofImages("oci", "Queue", "").withAbilities(Ability.EVENTS_POLL);
        }

        @Override
        public boolean polls(Registry registry) {
            return this.queued;
        }

        @Override
        public RegistryConnection connect(Registry registry) {
            return this;
        }

        @Override
        public void check() {
            // It always answers.
        }

        @Override
        public Stream<String> repositories(RepositoryQuery query) {
            return Stream.empty();
        }

        @Override
        public void close() {
            // Nothing is open.
        }

    }

}
