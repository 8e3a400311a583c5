package api;

import java.util.Map;

import replication.access.Caller;

/**
 * What was asked, with each part of it apart: a value of one never stands for another's,
 * and none is read as an expression.
 *
 * @param path the variables of the path, decoded
 * @param headers one value each
 * @param body read when it is asked for, and not before
 * @param caller who has signed in
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
     * @throws replication.Refusal.Missing where it is no number and so names nothing
     */
    public long id(String name, String what) {
        return Parameters.id(what, path(name));
    }

    /** The body as JSON. */
    public <T> T json(Class<T> type) {
        return RequestJson.read(this.body.read(), type);
    }

    /** A body that may not have come yet. */
    @FunctionalInterface
    public interface UnreadBody {

        /**
         * Reads it whole.
         * @throws BodyRefused where it is too large or too slow, or there is no room for
         * it now
         */
        byte[] read();

    }

}
