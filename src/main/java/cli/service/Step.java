package cli.service;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cli.shared.JsonTrees;
import cli.shared.Shown;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One step that makes a service match a document.
 *
 * @param kind registry or policy
 * @param differences empty unless something is changed
 */
record Step(Action action, String kind, String name, List<Difference> differences) {

    /** The actions of a step, each with its sign. */
    enum Action {

        CREATED("+"), CHANGED("~"), DELETED("-");

        private final String sign;

        Action(String sign) {
            this.sign = sign;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

    /** A line, and one for each difference. */
    @Override
    public String toString() {
        return Stream
            .concat(Stream.of(Shown.line("%s %s %s".formatted(this.action.sign, this.kind, this.name))),
                    this.differences.stream().map((difference) -> "    " + difference))
            .collect(Collectors.joining(System.lineSeparator()));
    }

    ObjectNode json() {
        ObjectNode json = JsonTrees.object()
            .put("action", this.action.id())
            .put("kind", this.kind)
            .put("name", this.name);
        var fields = json.putArray("fields");
        this.differences.forEach((each) -> {
            ObjectNode field = fields.addObject().put("field", each.field());
            field.set("is", each.is().isMissingNode() ? null : each.is());
            field.set("wanted", each.wanted());
        });
        return json;
    }

}
