package replication.policy;

/** What starts a policy. */
public sealed interface Trigger {

    /** The trigger's type by the API's name. */
    String type();

    /** Only when somebody asks. */
    record Manual() implements Trigger {

        @Override
        public String type() {
            return "manual";
        }

    }

    /** By a cron expression. */
    record Scheduled(Cron cron) implements Trigger {

        @Override
        public String type() {
            return "scheduled";
        }

    }

    /** By what happens at the source. */
    record Event() implements Trigger {

        @Override
        public String type() {
            return "event";
        }

    }

}
