package oci;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

import replication.registry.RegistryFailure;

/** Where an answer leads: absolute or relative, and only where it may. */
final class Location {

    private Location() {
    }

    /** Resolved against what was asked, otherwise as it came. */
    static URI of(Call call, Answer answer) throws IOException {
        String text = answer.header("Location").orElse("");
        if (text.isEmpty()) {
            // An answer that breaks off within its head may lack it.
            throw new CarriedFailure(new RegistryFailure.Transient(
                    "%s: %d without a Location".formatted(call.doing(), answer.status()), null));
        }
        URI to = resolve(call, answer, text);
        String objection = Origin.of(answer.uri()).objection(to);
        if (!objection.isEmpty()) {
            throw refused(call, answer,
                    "with a Location on " + to.getScheme() + "://" + to.getHost() + ", which " + objection);
        }
        return to;
    }

    private static URI resolve(Call call, Answer answer, String text) throws IOException {
        try {
            return resolve(answer.uri(), text);
        }
        catch (URISyntaxException _) {
            throw refused(call, answer, "with a Location that is not a URL");
        }
    }

    /**
     * By RFC 3986; Java would drop the last segment of the path where only a query is
     * given.
     */
    static URI resolve(URI from, String text) throws URISyntaxException {
        return text.startsWith("?") ? new URI(withoutQuery(from.toString()) + text) : from.resolve(new URI(text));
    }

    private static String withoutQuery(String url) {
        int end = 0;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        return url.substring(0, end);
    }

    private static CarriedFailure refused(Call call, Answer answer, String how) {
        return new CarriedFailure(
                new RegistryFailure.Permanent("%s: %d %s".formatted(call.doing(), answer.status(), how)));
    }

}
