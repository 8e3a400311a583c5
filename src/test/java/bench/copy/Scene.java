package bench.copy;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One table: a case on a line in a state.
 *
 * @param rows first Drayage's, then the peers'
 */
record Scene(Corpus corpus, Line line, State state, List<Row> rows, List<String> peers) {

    static Scene of(Corpus corpus, Line line, State state, List<Subject> subjects, List<Sample> samples) {
        return new Scene(corpus, line, state,
                subjects.stream()
                    .map((subject) -> Row.of(subject.name(),
                            samples.stream()
                                .filter((sample) -> sample.corpus().equals(corpus.name()) && sample.line() == line
                                        && sample.state() == state && sample.subject().equals(subject.name()))
                                .toList()))
                    .toList(),
                subjects.stream().filter(Subject::peer).map(Subject::name).toList());
    }

    String title() {
        return "%s, %s, %s".formatted(this.corpus.name(), this.line, this.state);
    }

    /** The least of a column among the peers whose copy is a result. */
    OptionalDouble best(String column) {
        return this.rows.stream()
            .filter((row) -> row.valid() && this.peers.contains(row.subject()))
            .mapToDouble((row) -> row.column(column))
            .filter(Double::isFinite)
            .min();
    }

    /** Drayage's own with the service running. */
    Row service() {
        return this.rows.stream()
            .filter((row) -> row.subject().equals(WarmDrayage.NAME))
            .findFirst()
            .orElse(Row.of(WarmDrayage.NAME, List.of()));
    }

}
