package app.jobs;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

import fixtures.LogLines;
import fixtures.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.StoreAway;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseWatchTest {

    private static final Logger USER = LoggerFactory.getLogger("some.user");

    private final Exception away = new IllegalStateException(new SQLTransientConnectionException("pool - timed out",
            "08001", new SQLException("Connection to db refused.\nCheck it", "08001")));

    private static final String SAID = "the database does not answer: Connection to db refused.; "
            + "what needs it waits and goes on by itself";

    private final SettableClock clock = new SettableClock();

    private final LogLines log = new LogLines("app", "some");

    private final DatabaseWatch watch = new DatabaseWatch(this.clock);

    @BeforeEach
    void begin() {
        this.watch.begin();
    }

    @AfterEach
    void end() {
        this.watch.close();
        this.log.close();
    }

    @Test
    void what_an_outage_explains_is_one_line_a_minute() {
        USER.error("failed", this.away);
        USER.warn("failed {} and {}", 1, 2, this.away);
        assertThat(this.watch.explains(this.away)).isTrue();
        assertThat(this.log.lines()).containsExactly(SAID);

        this.clock.advance(Duration.ofSeconds(61));
        USER.warn("failed {}", 1, this.away);
        USER.error("failed", this.away);
        assertThat(this.log.lines()).containsExactly(SAID, SAID.replace("answer", "answer, for 61 s now"));
    }

    @Test
    void a_full_disk_is_said_in_the_servers_words() {
        USER.error("failed", new StoreAway(new SQLException("ERROR: No space left on device", "53100")));
        assertThat(this.log.lines()).singleElement().asString().contains("ERROR: No space left on device;");
    }

    @Test
    void other_failures_are_logged_as_they_are() {
        Exception defect = new IllegalStateException(new SQLException("no such column", "42703"));
        USER.error("failed", defect);
        USER.warn("failed {}", "softly");
        assertThat(this.watch.explains(defect)).isFalse();
        assertThat(this.log.lines()).containsExactly("failed", "failed softly");
    }

    @Test
    void it_is_back_when_nothing_has_failed_for_a_while() {
        this.watch.answers();
        USER.error("failed", this.away);
        this.clock.advance(Duration.ofSeconds(30));
        USER.error("failed", this.away);
        this.clock.advance(Duration.ofSeconds(9));
        this.watch.answers();
        assertThat(this.log.lines()).containsExactly(SAID);

        this.clock.advance(Duration.ofSeconds(1));
        this.watch.answers();
        this.watch.answers();
        assertThat(this.log.lines()).containsExactly(SAID, "the database answers again, after 30 s");

        USER.error("failed", this.away);
        assertThat(this.log.lines()).hasSize(3).last().isEqualTo(SAID);
    }

    @Test
    void nothing_is_kept_back_any_longer_when_it_has_ended() {
        this.watch.close();
        USER.error("failed", this.away);
        assertThat(this.log.lines()).containsExactly("failed");
    }

}
