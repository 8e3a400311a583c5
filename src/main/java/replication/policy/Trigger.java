package replication.policy;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What starts a policy. */
public sealed interface Trigger {

    /** When it comes by the clock, if it does. */
    default Optional<Timetable> byTheClock() {
        return switch (this) {
            case Manual _ -> Optional.empty();
            case Scheduled scheduled -> Optional.of(scheduled.timetable);
            case Event event -> Optional.ofNullable(event.reconcile);
        };
    }

    /** The trigger's type by the API's name. */
    String type();

    /** Only when somebody asks. */
    record Manual() implements Trigger {

        @Override
        public String type() {
            return "manual";
        }

    }

    /** By the clock, as often as one has set up. */
    record Scheduled(Timetable timetable) implements Trigger {

        @Override
        public String type() {
            return "scheduled";
        }

    }

    /**
     * By what happens at the source.
     *
     * @param reconcile when the whole policy runs besides, for what a sender has dropped;
     * null for never
     */
    record Event(@Nullable Timetable reconcile) implements Trigger {

        public Event() {
            this(null);
        }

        @Override
        public String type() {
            return "event";
        }

    }

}
