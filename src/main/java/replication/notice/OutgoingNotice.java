package replication.notice;

/**
 * A notice that is being sent to a subscriber.
 *
 * @param delivery the id of its row
 * @param attempt counts from 1; the end of an older attempt is ignored
 */
public record OutgoingNotice(long delivery, int attempt, String subscription, Target target, Notice notice) {
}
