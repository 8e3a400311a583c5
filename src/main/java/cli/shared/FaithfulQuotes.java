package cli.shared;

import java.io.IOException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;

/**
 * Has a text quoted where, without quotes, it would not be read as the same text: numbers
 * in all their forms ({@code 2024_01}, {@code 1e3}, {@code 0x1f}) and what else YAML has
 * a meaning for. Which those are the reader itself says.
 */
final class FaithfulQuotes extends StringQuotingChecker.Default {

    private static final long serialVersionUID = 1L;

    private static final String FIELD = "text";

    private final YAMLMapper without;

    /**
     * Quotes for a mapper.
     * @param without the same that quotes no more than it thinks fit
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
            // Among others, for at the end of a document lines end otherwise.
            ObjectNode document = JsonTrees.object().put(FIELD, text).put("last", 1);
            return document.equals(this.without.readTree(this.without.writeValueAsString(document)));
        }
        catch (IOException _) {
            return false;
        }
    }

}
