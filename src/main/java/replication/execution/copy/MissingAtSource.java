package replication.execution.copy;

import java.util.List;

/**
 * What a policy names without any wildcard and its source does not have: a typo, or a
 * right that was lost. What a wildcard has matched and has gone since is none of it.
 */
public sealed interface MissingAtSource {

    MissingAtSource NOTHING = new Nothing();

    /** One line that names it; empty where nothing is missing. */
    String text();

    /** All that is named is there, or nothing is. */
    record Nothing() implements MissingAtSource {

        @Override
        public String text() {
            return "";
        }

    }

    /**
     * The whole repository.
     *
     * @param refusal what the registry said where it may also hide it; empty where it
     * says that there is none
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
