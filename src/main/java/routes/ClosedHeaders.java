package routes;

import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * Keeps every header and parameter of a request out of the headers of the message, which
 * are one map in which one could stand for another. An operation finds each part of a
 * request apart in its {@link api.ApiRequest}.
 */
public final class ClosedHeaders extends HttpHeaderFilterStrategy {

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }

}
