package events;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;
import replication.Refusal;

/** A value of a payload with its path, which refusals name. */
record Field(String path, JsonNode node) {

    /** A delivery with more is an attack or a fault. */
    static final int MOST_ITEMS = 10_000;

    private static final BigDecimal LATEST = new BigDecimal("1e15");

    /** Fields of the body itself are named without a prefix. */
    static Field root(String name, JsonNode node) {
        return new Field("body".equals(name) ? "" : name, node);
    }

    /** The same path with another text, or none: the value that the sender meant. */
    Field withText(@Nullable String text) {
        return new Field(this.path, (text != null) ? new TextNode(text) : MissingNode.getInstance());
    }

    static Field header(String name, @Nullable String value) {
        return new Field(name, MissingNode.getInstance()).withText(value);
    }

    Field at(String name) {
        return new Field(this.path.isEmpty() ? name : this.path + "." + name, this.node.path(name));
    }

    boolean isText() {
        return this.node.isTextual();
    }

    boolean isObject() {
        return this.node.isObject();
    }

    boolean isArray() {
        return this.node.isArray();
    }

    boolean isAbsent() {
        return this.node.isMissingNode() || this.node.isNull();
    }

    /** The text, or an empty one for any other value; only for recognising a sender. */
    String textOrEmpty() {
        return this.node.isTextual() ? this.node.textValue() : "";
    }

    String text() {
        String text = textOrNull();
        if (text == null) {
            throw wrong("a text is expected, but there is none");
        }
        return text;
    }

    /** The text; null if it is absent or empty, which mean the same. */
    @Nullable String textOrNull() {
        if (isAbsent()) {
            return null;
        }
        if (!this.node.isTextual()) {
            throw wrong("a text is expected");
        }
        return this.node.textValue().isEmpty() ? null : this.node.textValue();
    }

    /** A time as the sender wrote it: in seconds, even as 1.4e+09, or as text. */
    String time() {
        if (!this.node.isNumber()) {
            return text();
        }
        boolean isInfinite = this.node.isDouble() && !Double.isFinite(this.node.doubleValue());
        if (isInfinite || this.node.decimalValue().abs().compareTo(LATEST) > 0) {
            throw wrong("it is not a time in seconds or milliseconds");
        }
        return this.node.decimalValue().stripTrailingZeros().toPlainString();
    }

    Field object() {
        if (!this.node.isObject()) {
            throw wrong("an object is expected");
        }
        return this;
    }

    List<Field> items() {
        if (!this.node.isArray()) {
            throw wrong("a list is expected");
        }
        refuseMany();
        List<Field> items = new ArrayList<>(this.node.size());
        for (int index = 0; index < this.node.size(); index++) {
            items.add(new Field(this.path + "[" + index + "]", this.node.get(index)));
        }
        return items;
    }

    List<String> names() {
        object();
        refuseMany();
        List<String> names = new ArrayList<>(this.node.size());
        this.node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    Refusal.Invalid wrong(String reason) {
        String where = this.path.isEmpty() ? "body" : this.path;
        return new Refusal.Invalid(where, where + ": " + reason);
    }

    private void refuseMany() {
        if (this.node.size() > MOST_ITEMS) {
            throw wrong(this.node.size() + " entries are more than the " + MOST_ITEMS + " that one delivery may have");
        }
    }

}
