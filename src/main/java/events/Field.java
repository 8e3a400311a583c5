package events;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;
import replication.Refusal;

/** A value of a payload that knows where it stands, so that a refusal can say so. */
record Field(String path, JsonNode node) {

    /** More are no notification but an attack or a fault. */
    static final int MOST_ITEMS = 10_000;

    private static final BigDecimal LATEST = new BigDecimal("1e15");

    /** Fields of the body itself are named without a prefix. */
    static Field root(String name, JsonNode node) {
        return new Field("body".equals(name) ? "" : name, node);
    }

    /** In its place another text, or none: what the sender meant by what it wrote. */
    Field saying(@Nullable String text) {
        return new Field(this.path, (text != null) ? new TextNode(text) : MissingNode.getInstance());
    }

    static Field header(String name, @Nullable String value) {
        return new Field(name, MissingNode.getInstance()).saying(value);
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

    /** Its text where it is one, to look at rather than to use. */
    String glance() {
        return this.node.isTextual() ? this.node.textValue() : "";
    }

    String text() {
        String text = textOrNull();
        if (text == null) {
            throw wrong("a text is expected, but there is none");
        }
        return text;
    }

    /** Null where it is absent or empty, which senders use alike. */
    @Nullable String textOrNull() {
        if (isAbsent()) {
            return null;
        }
        if (!this.node.isTextual()) {
            throw wrong("a text is expected");
        }
        return this.node.textValue().isEmpty() ? null : this.node.textValue();
    }

    /** A moment as the sender wrote it: seconds, also as 1.4e+09, or a text. */
    String time() {
        if (!this.node.isNumber()) {
            return text();
        }
        boolean isInfinite = this.node.isDouble() && !Double.isFinite(this.node.doubleValue());
        if (isInfinite || this.node.decimalValue().abs().compareTo(LATEST) > 0) {
            throw wrong("it is no moment in seconds or milliseconds");
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
