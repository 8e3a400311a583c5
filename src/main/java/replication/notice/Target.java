package replication.notice;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Where notices go. */
public sealed interface Target {

    /** The type by the API's name. */
    String type();

    /** The means of delivery: {@code webhook}, {@code mail} or {@code route}. */
    String means();

    /** Whether its URL and secret can be opened; true for a target without them. */
    boolean readable();

    /** A text without any secret, and without the part of a URL that may be one. */
    String shown();

    /**
     * A receiver of HTTP POSTs.
     *
     * @param url whose path and query may be a secret
     * @param secret signs the messages; null for messages without a signature
     */
    record Webhook(Format format, Address url, @Nullable SigningKey secret) implements Target {

        @Override
        public String type() {
            return this.format.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String means() {
            return "webhook";
        }

        @Override
        public boolean readable() {
            return this.url.url().readable() && (this.secret == null || this.secret.secret().readable());
        }

        @Override
        public String shown() {
            return this.url.shown();
        }

    }

    /** Mail to these addresses. */
    public record Mail(List<String> to) implements Target {

        public Mail {
            to = List.copyOf(to);
        }

        @Override
        public String type() {
            return "email";
        }

        @Override
        public String means() {
            return "mail";
        }

        @Override
        public boolean readable() {
            return true;
        }

        @Override
        public String shown() {
            return String.join(", ", this.to);
        }

    }

    /**
     * An operator's own Camel route.
     *
     * @param name the route listens at {@code direct:notice-} followed by this name
     */
    record OwnRoute(String name) implements Target {

        @Override
        public String type() {
            return "route";
        }

        @Override
        public String means() {
            return "route";
        }

        @Override
        public boolean readable() {
            return true;
        }

        @Override
        public String shown() {
            return "direct:notice-" + this.name;
        }

    }

    /** The format of a webhook's body. */
    enum Format {

        CLOUDEVENTS, SLACK, TEAMS

    }

}
