package notify;

/**
 * A mail.
 *
 * @param id a Message-ID, the same at every attempt
 */
public record MailMessage(String from, String to, String subject, String id, String text) {
}
