package adapters.generic;

import java.util.Optional;
import java.util.function.Supplier;

import replication.registry.Registry;
import replication.registry.Setting;

/** The settings that several kinds of registries declare alike. */
public final class Choices {

    public static final Setting CREATE = Setting.choice("create",
            "whether a repository, project or namespace that is missing is created", "missing", "never");

    public static final Setting VISIBILITY = Setting.choice("visibility",
            "who may read what is created; keep: whoever may read the source, where it tells, else as the registry makes it",
            "private", "public", "keep");

    private Choices() {
    }

    /** Whether what is missing is created there. */
    public static boolean creates(Registry registry) {
        return CREATE.text(registry).equals("missing");
    }

    /**
     * Whether everybody may read what is created there; empty where the registry decides.
     * @param source whether everybody may read the source; asked only to keep that
     */
    public static Optional<Boolean> opens(Registry registry, Supplier<Optional<Boolean>> source) {
        String visibility = VISIBILITY.text(registry);
        return visibility.equals("keep") ? source.get() : Optional.of(visibility.equals("public"));
    }

}
