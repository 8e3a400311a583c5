package replication.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionsTest {

    private final AtomicLong now = new AtomicLong();

    private final Connections connections = new Connections(new Adapters(List.of(new Resting())), this.now::get);

    @Test
    void a_registry_has_one_connection_until_it_is_edited() {
        RegistryConnection first = this.connections.to(registry("https://a.example"));
        assertThat(this.connections.to(registry("https://a.example"))).isSameAs(first);
        assertThat(this.connections.to(registry("https://b.example"))).isNotSameAs(first);
    }

    @Test
    void one_that_nobody_asks_for_is_forgotten_once_nothing_is_open() {
        Registry registry = registry("https://a.example");
        Resting.Connection first = (Resting.Connection) this.connections.to(registry);
        pass(Duration.ofMinutes(9));
        this.connections.closeIdle();
        assertThat(this.connections.to(registry)).isSameAs(first);
        pass(Duration.ofMinutes(11));
        first.open = true;
        this.connections.closeIdle();
        assertThat(first.rests).isEqualTo(2);
        assertThat(this.connections.to(registry)).isSameAs(first);
        pass(Duration.ofMinutes(11));
        first.open = false;
        this.connections.closeIdle();
        assertThat(this.connections.to(registry)).isNotSameAs(first);
    }

    @Test
    void one_that_was_replaced_is_rested_until_nothing_runs_on_it() {
        Resting.Connection first = (Resting.Connection) this.connections.to(registry("https://a.example"));
        first.open = true;
        assertThat(this.connections.to(registry("https://b.example"))).isNotSameAs(first);
        pass(Duration.ofMinutes(11));
        this.connections.closeIdle();
        this.connections.closeIdle();
        assertThat(first.rests).isEqualTo(2);
        first.open = false;
        this.connections.closeIdle();
        this.connections.closeIdle();
        assertThat(first.rests).as("it is let go of").isEqualTo(3);
    }

    private void pass(Duration time) {
        this.now.addAndGet(time.toNanos());
    }

    private static Registry registry(String url) {
        return new Registry(1, "a", "", "resting", URI.create(url), false, RegistryCredential.NONE, null, null, 0);
    }

    private static final class Resting implements RegistryAdapter {

        @Override
        public AdapterInfo info() {
            return AdapterInfo.ofImages("resting", "", "");
        }

        @Override
        public RegistryConnection connect(Registry registry) {
            return new Connection();
        }

        private static final class Connection implements RegistryConnection {

            private boolean open;

            private int rests;

            @Override
            public boolean closeIdle() {
                this.rests++;
                return !this.open;
            }

            @Override
            public void check() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Stream<String> namespaces() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void createNamespace(String namespace) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Stream<String> repositories(RepositoryQuery query) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                this.open = false;
            }

        }

    }

}
