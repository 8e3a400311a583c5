package adapters.layout;

import java.util.Set;

import com.google.re2j.Pattern;

/**
 * A repository's name as the distribution specification allows it, which leaves no room
 * for {@code ..} or an absolute path, and which no file of a layout has.
 */
final class RepositoryName {

    private static final Pattern GRAMMAR = Pattern
        .compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    private static final Set<String> TAKEN = Set.of("blobs", "index.json", "oci-layout");

    private RepositoryName() {
    }

    static boolean allows(String name) {
        return name.length() <= 255 && GRAMMAR.matcher(name).matches()
                && TAKEN.stream().noneMatch((taken) -> ("/" + name + "/").contains("/" + taken + "/"));
    }

}
