package notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A file of this package with placeholders such as <code>${title}</code>. A value that is
 * filled in is not read as a template.
 *
 * @param text the file's content
 * @param escape applied to each value
 */
record Template(String text, UnaryOperator<String> escape) {

    static Template of(String file, UnaryOperator<String> escape) {
        try (InputStream stream = Objects.requireNonNull(Template.class.getResourceAsStream(file), file)) {
            return new Template(new String(stream.readAllBytes(), StandardCharsets.UTF_8), escape);
        }
        catch (IOException ex) {
            throw new UncheckedIOException("read the template " + file, ex);
        }
    }

    String fill(Map<String, String> values) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int place = this.text.indexOf("${"); place >= 0; place = this.text.indexOf("${", at)) {
            int end = this.text.indexOf('}', place);
            filled.append(this.text, at, place);
            String name = this.text.substring(place + 2, end);
            filled.append(this.escape.apply(Objects.requireNonNull(values.get(name), name)));
            at = end + 1;
        }
        return filled.append(this.text, at, this.text.length()).toString();
    }

}
