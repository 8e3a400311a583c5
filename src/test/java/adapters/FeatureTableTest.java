package adapters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** README.md's table has a row for each page, and the index a link to it. */
class FeatureTableTest {

    @Test
    void each_adapter_has_a_row_a_page_and_a_link() throws IOException {
        List<String> pages;
        try (Stream<Path> files = Files.list(FeatureTable.PAGES)) {
            pages = files.map((file) -> file.getFileName().toString())
                .filter((name) -> name.endsWith(".md") && !name.equals("README.md") && !name.equals("writing-one.md"))
                .map((name) -> name.replace(".md", ""))
                .sorted()
                .toList();
        }
        assertThat(FeatureTable.identities()).isSorted();
        assertThat(FeatureTable.identities()
            .stream()
            .map((identity) -> FeatureTable.page(identity).getFileName().toString().replace(".md", ""))
            .distinct()).containsExactlyInAnyOrderElementsOf(pages);
        String index = String.join("\n", FeatureTable.lines(FeatureTable.PAGES.resolve("README.md")));
        assertThat(pages).allSatisfy((page) -> assertThat(index).contains("](%s.md)".formatted(page)));
    }

    @Test
    void each_page_has_its_row_of_the_table() {
        List<String> readme = FeatureTable.lines(FeatureTable.README);
        assertThat(FeatureTable.identities()).allSatisfy((identity) -> {
            String row = readme.stream()
                .filter((line) -> line.startsWith("| `" + identity + "` |"))
                .findFirst()
                .orElseThrow();
            List<String> page = FeatureTable.lines(FeatureTable.page(identity));
            assertThat(page).containsSequence(FeatureTable.HEAD);
            assertThat(page.indexOf(row)).as(identity).isGreaterThan(page.indexOf(FeatureTable.HEAD.getLast()));
        });
    }

}
