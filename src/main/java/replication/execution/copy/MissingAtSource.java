package replication.execution.copy;

import java.util.List;

/**
 * A repository or tags that a policy names without any wildcard and its source does not
 * have: a typo, or a permission that was lost. Tags that a wildcard matched and that have
 * gone since are not missing.
 */
public sealed interface MissingAtSource {

    MissingAtSource NOTHING = new Nothing();

    /** One line that names it; empty where nothing is missing. */
    String text();

    /** Everything that the policy names is there. */
    record Nothing() implements MissingAtSource {

        @Override
        public String text() {
            return "";
        }

    }

    /**
     * The whole repository.
     *
     * @param refusal the registry's words where it may be hiding the repository; empty
     * where it says that there is none
     */
    record Repository(String name, String refusal) implements MissingAtSource {

        @Override
        public String text() {
            return "the source has no repository " + this.name
                    + (this.refusal.isEmpty() ? "" : ", or hides it: " + this.refusal);
        }

    }

    /** Some tags, at least one. */
    record Tags(String repository, List<String> tags) implements MissingAtSource {

        private static final int SHOWN = 10;

        public Tags {
            tags = List.copyOf(tags);
        }

        @Override
        public String text() {
            int others = this.tags.size() - SHOWN;
            return "the source has no %s %s of %s%s".formatted((this.tags.size() == 1) ? "tag" : "tags",
                    String.join(", ", this.tags.subList(0, Math.min(SHOWN, this.tags.size()))), this.repository,
                    (others > 0) ? " (and " + others + " more of these)" : "");
        }

    }

}
