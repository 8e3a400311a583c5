package replication.notice;

import java.net.URI;

import oci.model.Secret;

/**
 * The URL of a receiver. Only its scheme and host are shown, because the rest is a secret
 * at Slack, Teams and others.
 */
public record Address(Secret url) {

    private static final String HIDDEN = "/***";

    private static final String LOCKED = "***";

    public static Address of(String url) {
        return new Address(new Secret(url));
    }

    /** The whole URL. */
    public String reveal() {
        return this.url.reveal();
    }

    /**
     * The part that anybody may see, with {@code /***} for the rest; {@code ***} for a
     * URL that cannot be opened.
     */
    public String shown() {
        if (!this.url.readable()) {
            return LOCKED;
        }
        URI uri = URI.create(reveal());
        boolean more = uri.getRawQuery() != null || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        return uri.getScheme() + "://" + uri.getRawAuthority() + (more ? HIDDEN : "");
    }

    /** Whether this is not a URL but the text that {@link #shown()} gives. */
    public boolean hidden() {
        return reveal().endsWith(HIDDEN);
    }

    @Override
    public String toString() {
        return shown();
    }

}
