package app.jobs;

import java.time.Duration;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import fixtures.SettableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadJobsTest {

    private final SettableClock clock = new SettableClock();

    private final DeadJobs revival = new DeadJobs(this.clock, Duration.ofSeconds(20));

    @Test
    void a_dead_nodes_jobs_go_to_the_next_at_once() {
        this.revival.onSchedulerEvent(SchedulerEventType.RAN_DETECT_DEAD);

        assertThat(this.revival.waits()).isFalse();
    }

    @Test
    void after_an_outage_they_wait_until_the_living_could_be_heard_of() {
        this.revival.onSchedulerEvent(SchedulerEventType.UNEXPECTED_ERROR);
        this.clock.advance(Duration.ofSeconds(19));
        assertThat(this.revival.waits()).isTrue();

        this.clock.advance(Duration.ofSeconds(1));
        assertThat(this.revival.waits()).isFalse();
    }

}
