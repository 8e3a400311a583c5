package cli.shared;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows in columns that are as wide as their widest cell. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... titles) {
        row(titles);
    }

    public Table row(String... cells) {
        this.rows.add(Stream.of(cells).map(Shown::line).toList());
        return this;
    }

    @Override
    public String toString() {
        List<Integer> widths = IntStream.range(0, this.rows.getFirst().size())
            .mapToObj((column) -> Collections.max(this.rows.stream().map((row) -> row.get(column).length()).toList()))
            .toList();
        return this.rows.stream().map((row) -> line(row, widths)).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String line(List<String> row, List<Integer> widths) {
        return IntStream.range(0, row.size())
            .mapToObj((column) -> row.get(column) + " ".repeat(widths.get(column) - row.get(column).length()))
            .collect(Collectors.joining("  "))
            .stripTrailing();
    }

}
