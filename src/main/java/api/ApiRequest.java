package api;

import java.util.Map;

import replication.access.Caller;

/**
 * A request with separate parts: a value of one part never replaces a value of another,
 * and none is evaluated as an expression.
 *
 * @param path the variables of the path, decoded
 * @param headers one value for each name
 * @param body read only when an operation asks for it
 * @param caller the user who has signed in
 */
public record ApiRequest(Map<String, String> path, Query query, Map<String, String> headers, UnreadBody body,
        Caller caller) {

    public ApiRequest {
        path = Map.copyOf(path);
        headers = Map.copyOf(headers);
    }

    /** A variable of the path. */
    public String path(String name) {
        String value = this.path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path of this operation has no " + name);
        }
        return value;
    }

    /**
     * An id in the path.
     * @throws replication.Refusal.Missing if it is no number
     */
    public long id(String name, String what) {
        return Parameters.id(what, path(name));
    }

    /** The body as JSON. */
    public <T> T json(Class<T> type) {
        return RequestJson.read(this.body.read(), type);
    }

    /** A body that may still be on its way. */
    @FunctionalInterface
    public interface UnreadBody {

        /**
         * Reads the whole body.
         * @throws BodyRefused if it is too large or too slow, or no memory is free for it
         */
        byte[] read();

    }

}
