package oci.model;

import java.util.List;
import java.util.Set;

/**
 * A right that a token can give (distribution, spec/auth/scope.md).
 *
 * @param resource type and name, such as {@code repository:lib/app}; the name may hold
 * colons
 */
public record Scope(String resource, List<String> actions) {

    public static final Scope CATALOG = new Scope("registry:catalog", List.of("*"));

    public Scope {
        actions = List.copyOf(actions);
    }

    public static Scope repository(String name, String... actions) {
        return new Scope("repository:" + name, List.of(actions));
    }

    public static Scope parse(String text) {
        int last = text.lastIndexOf(':');
        return (last < 0) ? new Scope(text, List.of())
                : new Scope(text.substring(0, last), OutsideText.words(text.substring(last + 1), ','));
    }

    public boolean covers(Scope other) {
        return this.resource.equals(other.resource) && Set.copyOf(this.actions).containsAll(other.actions);
    }

    /** What the credential may lack, of the resource's namespace where it has one. */
    public String hint() {
        String name = this.resource.substring(this.resource.indexOf(':') + 1);
        String namespace = name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : name;
        String action = this.actions.isEmpty() ? "access" : this.actions.getLast();
        return this.equals(CATALOG) ? "the credential may lack the right to list the catalog"
                : "the credential may lack %s on %s".formatted(action, namespace);
    }

    @Override
    public String toString() {
        return this.resource + ":" + String.join(",", this.actions);
    }

}
