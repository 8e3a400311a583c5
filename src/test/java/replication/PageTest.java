package replication;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PageTest {

    private final List<Long> asked = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 499, 500, 501, 1000, 1234 })
    void all_pages_are_read_in_order(int items) {
        List<Long> all = LongStream.rangeClosed(1, items).boxed().toList();
        assertThat(Page.all((request) -> page(all, request), Long::longValue)).isEqualTo(all);
        assertThat(this.asked).hasSize(Math.max(1, Math.ceilDiv(items, PageRequest.MAX_SIZE)));
    }

    @Test
    void no_page_is_asked_for_that_nobody_needs() {
        List<Long> all = LongStream.rangeClosed(1, 2000).boxed().toList();
        assertThat(Page.all((request) -> page(all, request), Long::longValue).filter((each) -> each == 7).findFirst())
            .contains(7L);
        assertThat(this.asked).containsExactly(0L);
    }

    private Page<Long> page(List<Long> all, PageRequest request) {
        this.asked.add(request.after());
        return Page.of(all.stream().filter((each) -> each > request.after()).limit(request.size() + 1L).toList(),
                request.size());
    }

}
