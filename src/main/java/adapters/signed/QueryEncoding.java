package adapters.signed;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parameters of a request, encoded as signatures want them (RFC 3986). */
public final class QueryEncoding {

    private QueryEncoding() {
    }

    /** A query, without its question mark. */
    public static String query(Map<String, ?> parameters) {
        return new TreeMap<String, Object>(parameters).entrySet()
            .stream()
            .map((each) -> encoded(each.getKey()) + "=" + encoded(String.valueOf(each.getValue())))
            .collect(Collectors.joining("&"));
    }

    /** One segment of a path, or one parameter. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A")
            .replace("%7E", "~");
    }

}
