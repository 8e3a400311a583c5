package oci.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import oci.http.Location;
import oci.listing.LinkHeader;
import oci.model.RegistryFailure;
import oci.model.WebUrl;

/** How an API leads from one page of a list to the next. */
@FunctionalInterface
public interface Paging {

    /**
     * Where the next page is; empty where the list has ended.
     * @param first where the first page is
     * @param number of the page that was read, from 1
     */
    Optional<WebUrl> next(WebUrl first, int number, JsonNode page, List<String> links);

    /**
     * The items of one page. A list that is null has none, as Go writes it; without a
     * list the page tells nothing, and that is not the same as none.
     * @param doing what was asked for, for the message
     * @param list a JSON pointer, such as {@code /tags}; empty where the page is the list
     * @throws RegistryFailure.Permanent where the list is not there
     */
    static Stream<JsonNode> items(String doing, JsonNode page, String list) {
        JsonNode items = page.at(list);
        if (!items.isArray() && !items.isNull()) {
            throw new RegistryFailure.Permanent(doing + ": the answer "
                    + (list.isEmpty() ? "is no list" : "has no list of " + list.substring(list.lastIndexOf('/') + 1)));
        }
        return StreamSupport.stream(items.spliterator(), false);
    }

    /** By the header {@code Link} (RFC 8288), on the same host whatever it says. */
    static Paging link() {
        return (first, _, _, links) -> LinkHeader.next(links)
            .map((link) -> first.at(first.resolve(Location.text(link)).pathAndQuery()));
    }

    /**
     * By a token in the page, until there is none.
     * @param parameter the next request has it there
     * @param token a JSON pointer, such as {@code /nextToken}
     */
    static Paging token(String parameter, String token) {
        return (first, _, page, _) -> Optional.of(page.at(token).asText(""))
            .filter((text) -> !text.isEmpty())
            .map((text) -> first.and(parameter + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
    }

    /**
     * By numbers from 1, until a page is not full.
     * @param items a JSON pointer to the page's list; empty where the page is the list
     * @param full so many items a full page has
     */
    static Paging number(String parameter, String items, int full) {
        return (first, number, page, _) -> Optional.of(first.and(parameter + "=" + (number + 1)))
            .filter((_) -> page.at(items).size() >= full);
    }

    /**
     * By numbers from 1, while the page says that there is more.
     * @param more a JSON pointer to a flag, such as {@code /has_additional}
     */
    static Paging numberWhile(String parameter, String more) {
        return (first, number, page, _) -> Optional.of(first.and(parameter + "=" + (number + 1)))
            .filter((_) -> page.at(more).asBoolean());
    }

    /**
     * By the number of items that came before, until a page is not full.
     * @param items a JSON pointer to the page's list; empty where the page is the list
     * @param full so many items a full page has
     */
    static Paging offset(String parameter, String items, int full) {
        return (first, number, page, _) -> Optional.of(first.and(parameter + "=" + ((long) number * full)))
            .filter((_) -> page.at(items).size() >= full);
    }

    /**
     * By the next page's URL in the page, on the same host whatever it says, until there
     * is none.
     * @param next a JSON pointer, such as {@code /next}
     */
    static Paging next(String next) {
        return (first, _, page, _) -> Optional.of(page.at(next).asText(""))
            .filter((text) -> !text.isEmpty() && !text.equals("null"))
            .map((text) -> first.at(first.resolve(text).pathAndQuery()));
    }

}
