package replication.notice;

/**
 * A notice that is no longer on its way.
 *
 * @param why it has not arrived, without any secret; empty if it has
 */
public record Delivered(OutgoingNotice notice, String why) {
}
