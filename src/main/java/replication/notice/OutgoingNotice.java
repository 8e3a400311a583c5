package replication.notice;

/**
 * A notice on its way to a subscriber.
 *
 * @param delivery its row's id
 * @param attempt this one's number, from 1 on; who comes with an older one has lost it
 */
public record OutgoingNotice(long delivery, int attempt, String subscription, Target target, Notice notice) {
}
