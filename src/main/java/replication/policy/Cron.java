package replication.policy;

import org.springframework.scheduling.support.CronExpression;

/**
 * When a scheduled trigger fires: five fields (minute, hour, day of month, month, day of
 * week; 0 and 7 are Sunday), six with a leading second, or {@code @daily} and its like.
 *
 * @param text as it was written
 */
public record Cron(String text) {

    private static final int FIELDS_WITHOUT_SECONDS = 5;

    /**
     * Reads an expression.
     * @throws IllegalArgumentException where it is malformed, saying what is wrong
     */
    public Cron {
        String expression = text.strip();
        boolean noSeconds = expression.split("\\s+").length == FIELDS_WITHOUT_SECONDS;
        CronExpression.parse(noSeconds ? "0 " + expression : expression);
    }

    @Override
    public String toString() {
        return this.text;
    }

}
