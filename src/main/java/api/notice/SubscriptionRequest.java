package api.notice;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import api.Bounded;
import api.Required;
import api.registry.RegistryRequest;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.re2j.Pattern;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.notice.Address;
import replication.notice.Event;
import replication.notice.SigningKey;
import replication.notice.Subscription;
import replication.notice.Target;

/**
 * A subscription as a client writes it. An answer can be written back: a URL in its shown
 * form means the saved URL, and an absent secret the saved secret.
 *
 * @param policyId null for all policies
 * @param type cloudevents, slack, teams, email or route
 * @param to addresses of mail, or the name of an operator's own route
 * @param secret {@code whsec_} and 24 to 64 bytes in base64
 * @param enabled true by default
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties({ "id", "signed", "status_text" })
public record SubscriptionRequest(@Nullable String name, @Nullable Long policyId, @Nullable List<String> events,
        @Nullable String type, @Nullable String url, @Nullable List<String> to, @Nullable String secret,
        @Nullable Boolean enabled) {

    private static final Pattern MAILBOX = Pattern.compile("[^\\s@,;:<>\"()\\\\]{1,64}@[\\p{L}\\p{N}.-]{1,255}");

    private static final int MOST_RECIPIENTS = 20;

    private static final int LONGEST_ROUTE = 100;

    /**
     * Reads the request.
     * @param saved the saved subscription; null for a new one
     */
    public Subscription toSubscription(long id, @Nullable Subscription saved) {
        return new Subscription(id, RegistryRequest.name("name", this.name), this.policyId, readEvents(),
                target((saved != null && saved.target() instanceof Target.Webhook known) ? known : null),
                !Boolean.FALSE.equals(this.enabled));
    }

    private Set<Event> readEvents() {
        if (this.events == null || this.events.isEmpty()) {
            throw new Refusal.Invalid("events", "events are missing; choose from " + known());
        }
        Set<Event> read = EnumSet.noneOf(Event.class);
        List<String> given = Bounded.list("events", this.events, Bounded.EVENTS);
        for (int i = 0; i < given.size(); i++) {
            String event = given.get(i);
            String field = "events[" + i + "]";
            read.add(Arrays.stream(Event.values())
                .filter((each) -> each.id().equals(event))
                .findFirst()
                .orElseThrow(
                        () -> new Refusal.Invalid(field, "an event is one of " + known() + ", not \"" + event + "\"")));
        }
        return read;
    }

    private static List<String> known() {
        return Arrays.stream(Event.values()).map(Event::id).toList();
    }

    private Target target(Target.@Nullable Webhook saved) {
        String given = Bounded.text("type", this.type, Bounded.ACCOUNT);
        return switch (given) {
            case "email" -> mail();
            case "route" -> route();
            case "cloudevents", "slack", "teams" -> webhook(given, saved);
            default -> throw new Refusal.Invalid("type",
                    "a type is cloudevents, slack, teams, email or route, not \"" + given + "\"");
        };
    }

    private Target mail() {
        if (given(this.url) || given(this.secret)) {
            throw new Refusal.Invalid(given(this.url) ? "url" : "secret",
                    "mail has no url or secret, but addresses in to");
        }
        if (this.to == null || this.to.isEmpty() || this.to.size() > MOST_RECIPIENTS) {
            throw new Refusal.Invalid("to", "to names 1 to " + MOST_RECIPIENTS + " addresses");
        }
        for (int i = 0; i < this.to.size(); i++) {
            String mailbox = this.to.get(i);
            if (mailbox == null || !MAILBOX.matcher(mailbox).matches()) {
                throw new Refusal.Invalid("to[" + i + "]", "an address is like ann@example.com");
            }
        }
        return new Target.Mail(this.to);
    }

    private Target route() {
        if (given(this.url) || given(this.secret)) {
            throw new Refusal.Invalid(given(this.url) ? "url" : "secret",
                    "a route has no url or secret, but its name in to");
        }
        if (this.to == null || this.to.size() != 1 || !isRoute(this.to.getFirst())) {
            throw new Refusal.Invalid("to", "to names one own route by 1 to " + LONGEST_ROUTE
                    + " small letters, digits and hyphens; it listens at direct:notice- and that name");
        }
        return new Target.OwnRoute(this.to.getFirst());
    }

    private static boolean isRoute(@Nullable String name) {
        return name != null && !name.isEmpty() && name.length() <= LONGEST_ROUTE
                && name.chars().allMatch((c) -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    private Target webhook(String format, Target.@Nullable Webhook saved) {
        if (this.to != null && !this.to.isEmpty()) {
            throw new Refusal.Invalid("to", "only mail has to; a webhook has its url");
        }
        return new Target.Webhook(Target.Format.valueOf(format.toUpperCase(Locale.ROOT)),
                address(Required.text("url", this.url, Bounded.URL), saved), key(saved));
    }

    private @Nullable SigningKey key(Target.@Nullable Webhook saved) {
        if (!given(this.secret)) {
            return (saved != null) ? saved.secret() : null;
        }
        try {
            return SigningKey.of(Required.text("secret", this.secret, Bounded.SECRET));
        }
        catch (IllegalArgumentException _) {
            throw new Refusal.Invalid("secret", "a secret is whsec_ and 24 to 64 random bytes in base64, as by: "
                    + "echo whsec_$(openssl rand -base64 32)");
        }
    }

    private static Address address(String text, Target.@Nullable Webhook saved) {
        if (saved != null && saved.url().shown().equals(text)) {
            return saved.url();
        }
        Address address = Address.of(callable(text));
        if (address.hidden()) {
            throw new Refusal.Invalid("url", "the part of the URL that is not shown must be given again");
        }
        return address;
    }

    /** The same URL with a host beyond ASCII in its {@code xn--} form. */
    private static String callable(String text) {
        try {
            WebUrl url = WebUrl.parse(text);
            if (text.indexOf('#') >= 0) {
                throw new Refusal.Invalid("url", "a receiver's URL is https://host/path without user or fragment");
            }
            if (new URI(text.strip()).getHost() == null && new URI(url.toString()).getHost() == null) {
                throw new Refusal.Invalid("url",
                        "the host %s cannot be called; give it a name of letters, digits, ".formatted(url.host())
                                + "hyphens and dots");
            }
            return text.chars().allMatch((each) -> each < 0x80) ? text.strip() : url.toString();
        }
        catch (WebUrl.Malformed ex) {
            throw new Refusal.Invalid("url",
                    "a receiver's URL is https://host/path without user or fragment; this one " + ex.getMessage());
        }
        catch (URISyntaxException ex) {
            throw new Refusal.Invalid("url", "not a URL: " + ex.getReason() + " at character " + (ex.getIndex() + 1));
        }
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    @Override
    public String toString() {
        return "SubscriptionRequest[name=" + this.name + "]";
    }

}
