package adapters.signed;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import oci.model.RegistryFailure;
import org.jspecify.annotations.Nullable;

/**
 * A list that is asked for by the numbers of its pages and says how long it is. It ends
 * when that many items came, whatever the length of a page: an API may give shorter ones
 * than were asked for.
 */
public final class NumberedList {

    /** A list that goes on for longer leads nowhere. */
    private static final int MOST_PAGES = 10_000;

    private NumberedList() {
    }

    /**
     * The items of a list. The first page is asked for at once, each other one when it is
     * wanted.
     * @param list what messages call it
     * @param page asks for a page, by its number from 1
     * @param items a JSON pointer to the list of a page
     * @param total a JSON pointer to the number of items in all pages
     * @throws RegistryFailure.Incomplete after the last item where the list ends early,
     * at once where its first page is empty
     */
    public static Stream<JsonNode> items(String list, IntFunction<JsonNode> page, String items, String total) {
        Pages pages = new Pages(list, page, items, total);
        pages.read();
        return StreamSupport
            .stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL), false)
            .flatMap((each) -> StreamSupport.stream(each.spliterator(), false));
    }

    private static final class Pages implements Iterator<JsonNode> {

        private final String list;

        private final IntFunction<JsonNode> page;

        private final String items;

        private final String total;

        /** The page that was read last; null after it was given. */
        private @Nullable JsonNode read;

        private long came;

        private long all;

        private int number;

        Pages(String list, IntFunction<JsonNode> page, String items, String total) {
            this.list = list;
            this.page = page;
            this.items = items;
            this.total = total;
        }

        void read() {
            if (this.number == MOST_PAGES) {
                throw new RegistryFailure.Incomplete(
                        "%s: the list has more than %d pages; it is read no further".formatted(this.list, MOST_PAGES));
            }
            this.number++;
            JsonNode answer = this.page.apply(this.number);
            JsonNode here = answer.at(this.items);
            this.came += here.size();
            // Where no length is told, the list goes on until an empty page.
            this.all = answer.at(this.total).asLong(here.isEmpty() ? this.came : Long.MAX_VALUE);
            this.read = here;
            if (here.isEmpty() && this.came < this.all) {
                throw new RegistryFailure.Incomplete(
                        "%s: the list ends after %d of %d items".formatted(this.list, this.came, this.all));
            }
        }

        @Override
        public boolean hasNext() {
            if (this.read == null && this.came < this.all) {
                read();
            }
            return this.read != null && !this.read.isEmpty();
        }

        @Override
        public JsonNode next() {
            if (!hasNext() || this.read == null) {
                throw new NoSuchElementException();
            }
            JsonNode given = this.read;
            this.read = null;
            return given;
        }

    }

}
