package adapters.generic;

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

}
