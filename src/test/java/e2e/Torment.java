package e2e;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

import fixtures.Line;
import fixtures.StoppablePostgres;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGKILL, SIGSTOP and SIGTERM, each once and then at random, to nodes that have tasks;
 * PostgreSQL gone twice in the middle of the work; the line cut.
 */
final class Torment {

    private static final Logger LOG = LoggerFactory.getLogger(Torment.class);

    private final List<Slot> slots;

    private final StoppablePostgres database;

    private final Line line;

    private final Random random;

    private final Consumer<Deed> deeds;

    private final Deque<String> first;

    private int outages;

    Torment(List<Slot> slots, StoppablePostgres database, Line line, Random random, Consumer<Deed> deeds) {
        this.slots = slots;
        this.database = database;
        this.line = line;
        this.random = random;
        this.deeds = deeds;
        List<String> ends = new ArrayList<>(List.of("KILL", "TERM"));
        Collections.shuffle(ends, random);
        // Whoever is paused first is back for the other two.
        this.first = new ArrayDeque<>(ends);
        this.first.addFirst("STOP");
    }

    /** Returns after that time, or when everything has been done that must be. */
    void last(Duration duration) {
        long begun = System.nanoTime();
        for (Duration now = Duration.ZERO; now.compareTo(duration) < 0 || !complete(); now = since(begun)) {
            if (this.outages < 2 && now.compareTo(duration.multipliedBy(this.outages + 1L).dividedBy(3)) > 0) {
                outage();
            }
            if (this.first.isEmpty()) {
                something();
            }
            else {
                String signal = this.first.remove();
                Slot slot = Awaitility.await("a node has tasks and is not the only one")
                    .atMost(Duration.ofSeconds(90))
                    .until(this::victim, Optional::isPresent)
                    .orElseThrow();
                suffer(slot, signal, 3, 6);
            }
            rest(1000, 4000);
        }
    }

    private boolean complete() {
        return this.first.isEmpty() && this.outages == 2;
    }

    private void outage() {
        this.outages++;
        Awaitility.await("the work goes on").atMost(Duration.ofSeconds(90)).until(() -> running("%"));
        LOG.info("PostgreSQL goes and comes back");
        long from = System.nanoTime();
        this.database.stopAtOnce();
        rest(1000, 2000);
        this.database.startAgain();
        this.deeds.accept(new Deed("OUTAGE", from, System.nanoTime()));
    }

    private void something() {
        int what = this.random.nextInt(4);
        if (what == 0) {
            LOG.info("the line is cut with {} connections", this.line.connections());
            long from = System.nanoTime();
            this.line.cut();
            this.deeds.accept(new Deed("CUT", from, System.nanoTime()));
        }
        else {
            victim().ifPresent((slot) -> suffer(slot, List.of("KILL", "STOP", "TERM").get(what - 1), 3, 26));
        }
    }

    private Optional<Slot> victim() {
        List<Slot> shuffled = new ArrayList<>(this.slots.stream().filter(Slot::working).toList());
        Collections.shuffle(shuffled, this.random);
        return (shuffled.size() < 2) ? Optional.empty()
                : shuffled.stream().filter((slot) -> running(slot.nodeName() + "-%")).findFirst();
    }

    private boolean running(String owner) {
        return this.database.jdbc()
            .sql("SELECT EXISTS (SELECT FROM task WHERE state = 'running' AND owner LIKE :owner)")
            .param("owner", owner)
            .query(Boolean.class)
            .single();
    }

    private void suffer(Slot slot, String signal, int leastPause, int mostPause) {
        LOG.info("{} to {}", signal, slot.nodeName());
        switch (signal) {
            case "KILL" -> slot.kill();
            case "TERM" -> slot.terminate();
            default -> slot.pause(Duration.ofSeconds(this.random.nextInt(leastPause, mostPause)));
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    // Awaitility waits, so that no thread sleeps.
    private void rest(int least, int most) {
        Duration rest = Duration.ofMillis(this.random.nextInt(least, most));
        long begun = System.nanoTime();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> since(begun).compareTo(rest) >= 0);
    }

}
