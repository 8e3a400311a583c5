package bench.copy;

import org.jspecify.annotations.Nullable;

/**
 * One copy of one corpus.
 *
 * @param problem why it is no result; empty where it is one
 */
record Sample(String corpus, Line line, State state, String subject, int run, @Nullable Figures figures,
        @Nullable Traffic source, @Nullable Traffic destination, String problem) {

    boolean valid() {
        return this.problem.isEmpty();
    }

    String title() {
        return "%s, %s, %s: %s %s".formatted(this.corpus, this.line, this.state, this.subject,
                this.problem.lines().findFirst().orElse(""));
    }

}
