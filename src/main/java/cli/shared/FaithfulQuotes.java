package cli.shared;

import java.io.IOException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;

/**
 * Quotes a text that YAML would read as another value without quotes: numbers in all
 * forms ({@code 2024_01}, {@code 1e3}, {@code 0x1f}) and reserved words. It reads the
 * text with YAML's own reader to decide.
 */
final class FaithfulQuotes extends StringQuotingChecker.Default {

    private static final long serialVersionUID = 1L;

    private static final String FIELD = "text";

    private final YAMLMapper without;

    /**
     * Makes the quotes of a mapper.
     * @param without a mapper without these quotes
     */
    FaithfulQuotes(YAMLMapper without) {
        this.without = without;
    }

    @Override
    public boolean needToQuoteValue(String text) {
        return super.needToQuoteValue(text) || !survives(text);
    }

    private boolean survives(String text) {
        try {
            // The text is read between others, because lines end differently at the end
            // of a
            // document.
            ObjectNode document = JsonTrees.object().put(FIELD, text).put("last", 1);
            return document.equals(this.without.readTree(this.without.writeValueAsString(document)));
        }
        catch (IOException _) {
            return false;
        }
    }

}
