package adapters.signed;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NumberedListTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final List<Integer> asked = new ArrayList<>();

    @ParameterizedTest(name = "{0} items in pages of {1}")
    @CsvSource({ "0, 3, 1", "1, 3, 1", "3, 3, 1", "4, 3, 2", "7, 2, 4" })
    void is_whole_and_asks_for_no_page_more_than_it_has(int items, int size, int pages) {
        assertThat(list(items, size, items)).hasSize(items);
        assertThat(this.asked).hasSize(pages);
    }

    @Test
    void asks_for_the_first_page_at_once_and_for_others_when_they_are_wanted() {
        Stream<JsonNode> items = NumberedList.items("ListThings", (page) -> page(page, 4, 2, 4), "/items", "/total");
        assertThat(this.asked).containsExactly(1);
        Iterator<JsonNode> each = items.iterator();
        each.next();
        assertThat(this.asked).containsExactly(1);
        each.next();
        each.next();
        assertThat(this.asked).containsExactly(1, 2);
    }

    @Test
    void a_list_that_ends_early_is_told_after_its_last_item() {
        List<JsonNode> came = new ArrayList<>();
        assertThatExceptionOfType(RegistryFailure.Incomplete.class)
            .isThrownBy(() -> NumberedList.items("ListThings", (page) -> page(page, 3, 2, 5), "/items", "/total")
                .forEach(came::add))
            .withMessage("ListThings: the list ends after 3 of 5 items");
        assertThat(came).hasSize(3);
    }

    @Test
    void a_list_of_some_items_whose_first_page_is_empty_is_no_empty_list() {
        assertThatExceptionOfType(RegistryFailure.Incomplete.class).isThrownBy(() -> list(0, 3, 5))
            .withMessage("ListThings: the list ends after 0 of 5 items");
    }

    @Test
    void a_list_that_does_not_tell_its_length_goes_on_until_an_empty_page() {
        assertThat(list(4, 2, -1)).hasSize(4);
        assertThat(this.asked).containsExactly(1, 2, 3);
    }

    private List<JsonNode> list(int items, int size, int total) {
        return NumberedList.items("ListThings", (page) -> page(page, items, size, total), "/items", "/total").toList();
    }

    private JsonNode page(int number, int items, int size, int total) {
        this.asked.add(number);
        List<Integer> all = Stream.iterate(0, (i) -> i + 1)
            .limit(items)
            .skip((number - 1L) * size)
            .limit(size)
            .toList();
        return JSON.valueToTree((total < 0) ? Map.of("items", all) : Map.of("items", all, "total", total));
    }

}
