package routes;

import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * Lets no header and no parameter of a request become a header of the message: they share
 * one map there, in which one stands for another. What an operation needs of a request it
 * finds, each part apart, in its {@link api.ApiRequest}.
 */
public final class ClosedHeaders extends HttpHeaderFilterStrategy {

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }

}
