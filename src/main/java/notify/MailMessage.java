package notify;

/**
 * A message that is mailed.
 *
 * @param id a Message-ID, the same at every attempt
 */
public record MailMessage(String from, String to, String subject, String id, String text) {
}
