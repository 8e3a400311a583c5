package adapters.signed;

import com.fasterxml.jackson.databind.JsonNode;
import oci.model.RegistryFailure;

/** What an answer must have to be of use. */
public final class AnswerField {

    private AnswerField() {
    }

    /**
     * A text that is not empty.
     * @param action what was asked, as messages call it
     * @param what the field is, as messages call it
     * @throws RegistryFailure.Permanent where the answer does not have it
     */
    public static String text(String action, JsonNode field, String what) {
        String text = field.asText("");
        if (text.isBlank()) {
            throw new RegistryFailure.Permanent("%s: the answer has no %s".formatted(action, what));
        }
        return text;
    }

}
