package replication.registry;

import java.net.URI;
import java.util.Locale;

import com.google.re2j.Pattern;

/**
 * The form of the URLs of one kind of registry, such as
 * {@code https://{account}.dkr.ecr.{region}.amazonaws.com}; any path may follow. A name
 * in braces stands for one label of a host's name, {@code {host}} for a whole host with
 * its port, and {@code {folder}} for a path.
 *
 * @param added whether the operator has added it to those of the adapter
 */
public record UrlForm(String template, boolean added) {

    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

    /** A form that an adapter declares. */
    public UrlForm(String template) {
        this(template, false);
    }

    boolean fits(URI url) {
        String text = url.toString();
        int path = text.indexOf('/', Math.max(text.indexOf("://"), 0) + 3);
        String place = (path < 0) ? text.toLowerCase(Locale.ROOT)
                : text.substring(0, path).toLowerCase(Locale.ROOT) + text.substring(path);
        return Pattern.matches(expression(), place);
    }

    private String expression() {
        StringBuilder expression = new StringBuilder();
        int from = 0;
        for (var names = NAME.matcher(this.template); names.find(); from = names.end()) {
            expression.append(Pattern.quote(this.template.substring(from, names.start())))
                .append(switch (names.group(1)) {
                    case "host" -> "[^/?#@]+";
                    case "folder" -> "[^?#]+";
                    default -> "[^./?#@:]+";
                });
        }
        return expression.append(Pattern.quote(this.template.substring(from))).append("(?:/.*)?").toString();
    }

}
