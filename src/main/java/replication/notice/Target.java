package replication.notice;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Where notices go. */
public sealed interface Target {

    /** The type by the API's name. */
    String type();

    /** By what it goes: {@code webhook}, {@code mail} or {@code route}. */
    String means();

    /** Whether its URL and secret, where it has them, can be opened. */
    boolean readable();

    /** What may be shown: no secret, and no part of a URL that may be one. */
    String shown();

    /**
     * A receiver of HTTP POSTs.
     *
     * @param url its path and query may be a secret
     * @param secret signs what is sent; null where nothing is signed
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
     * @param name it listens at {@code direct:notice-} and this name
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

    /** How a webhook's body looks. */
    enum Format {

        CLOUDEVENTS, SLACK, TEAMS

    }

}
