package adapters.layout;

import java.util.Set;

import com.google.re2j.Pattern;

/**
 * Checks a repository's name by the distribution specification, which excludes {@code ..}
 * and absolute paths. A name must also differ from the names of a layout's own files.
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
