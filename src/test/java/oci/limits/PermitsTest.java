package oci.limits;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import oci.model.StopSignal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PermitsTest {

    private final Permits permits = new Permits(2);

    private CompletableFuture<Permits.Permit> acquire() {
        return CompletableFuture.supplyAsync(() -> this.permits.acquire(new StopSignal()), Thread::startVirtualThread);
    }

    @Test
    void a_larger_size_lets_those_go_on_who_wait() throws Exception {
        acquire().get();
        acquire().get();
        CompletableFuture<Permits.Permit> third = acquire();
        CompletableFuture<Permits.Permit> fourth = acquire();
        this.permits.resize(3);
        assertThat(CompletableFuture.anyOf(third, fourth)).succeedsWithin(5, TimeUnit.SECONDS);
        this.permits.resize(4);
        assertThat(CompletableFuture.allOf(third, fourth)).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void a_smaller_size_counts_as_permits_come_back() throws Exception {
        Permits.Permit first = acquire().get();
        Permits.Permit second = acquire().get();
        this.permits.resize(1);
        CompletableFuture<Permits.Permit> third = acquire();
        first.close();
        assertThat(third).isNotDone();
        second.close();
        third.get(5, TimeUnit.SECONDS).close();
        acquire().get(5, TimeUnit.SECONDS);
    }

    @Test
    void a_node_s_part_is_at_least_one_of_each() {
        assertThat(new LimitSizes(32, 16, 16).share(3)).isEqualTo(new LimitSizes(11, 6, 6));
        assertThat(new LimitSizes(2, 1, 1).share(5)).isEqualTo(new LimitSizes(1, 1, 1));
    }

}
