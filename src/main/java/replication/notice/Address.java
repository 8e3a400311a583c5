package replication.notice;

import java.net.URI;

import oci.model.Secret;

/**
 * The URL of a receiver. Only its scheme and host are shown: what follows them is a
 * secret at Slack, Teams and others.
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
     * What may be told to anybody; the rest of the URL is {@code /***}, and all of one
     * that cannot be opened {@code ***}.
     */
    public String shown() {
        if (!this.url.readable()) {
            return LOCKED;
        }
        URI uri = URI.create(reveal());
        boolean more = uri.getRawQuery() != null || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        return uri.getScheme() + "://" + uri.getRawAuthority() + (more ? HIDDEN : "");
    }

    /** Whether it is no URL, but one as it is shown. */
    public boolean hidden() {
        return reveal().endsWith(HIDDEN);
    }

    @Override
    public String toString() {
        return shown();
    }

}
