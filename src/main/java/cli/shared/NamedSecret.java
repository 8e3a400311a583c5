package cli.shared;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A secret of a registry in a document, which names a variable for it.
 *
 * @param within the object that has the field; empty for the registry itself
 * @param variable the name, without its braces
 */
public record NamedSecret(String within, String key, String variable) {

    /** Such as {@code credential.access_secret}. */
    public String path() {
        return this.within.isEmpty() ? this.key : this.within + "." + this.key;
    }

    /** As the document has it. */
    public String written() {
        return "${" + this.variable + "}";
    }

    void remove(ObjectNode registry) {
        holder(registry).remove(this.key);
    }

    void put(ObjectNode registry, String text) {
        holder(registry).put(this.key, text);
    }

    private ObjectNode holder(ObjectNode registry) {
        return this.within.isEmpty() ? registry : registry.withObject("/" + this.within);
    }

}
