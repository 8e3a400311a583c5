package notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file beside this package with places such as <code>${title}</code>. What is filled in
 * is never read as a template itself.
 *
 * @param text the file's
 * @param escape what is done to each value
 */
record Template(String text, UnaryOperator<String> escape) {

    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

    static Template of(String file, UnaryOperator<String> escape) {
        try (InputStream stream = Objects.requireNonNull(Template.class.getResourceAsStream(file), file)) {
            return new Template(new String(stream.readAllBytes(), StandardCharsets.UTF_8), escape);
        }
        catch (IOException ex) {
            throw new UncheckedIOException("read the template " + file, ex);
        }
    }

    String fill(Map<String, String> values) {
        return PLACE.matcher(this.text)
            .replaceAll((place) -> Matcher
                .quoteReplacement(this.escape.apply(Objects.requireNonNull(values.get(place.group(1))))));
    }

}
