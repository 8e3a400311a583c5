package oci.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import oci.auth.DirectAuthorization;
import oci.auth.SignedAuthorization;
import oci.http.Attempts;
import oci.http.Authorization;
import oci.http.Endpoint;
import oci.http.HttpCaller;
import oci.http.RequestSigner;
import oci.http.Wire;
import oci.limits.HostLimits;
import oci.message.Answer;
import oci.message.Body;
import oci.message.Call;
import oci.message.Json;
import oci.model.CarriedFailure;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.StopSignal;
import oci.model.WebUrl;
import oci.net.HttpSettings;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's own JSON API, at whatever host, called as registries are: with the limits of
 * its host and account, again after what may pass, through the proxy, until the signal is
 * given. Its credentials go to its host only, in a header that no message shows. Safe for
 * many threads.
 */
public final class JsonApi implements AutoCloseable {

    /** In bytes, of one answer. */
    private static final int MOST = 16 * 1024 * 1024;

    /** A list that goes on for longer leads in a circle, or nowhere. */
    private static final int MOST_PAGES = 10_000;

    private final HttpCaller caller;

    private final Endpoint endpoint;

    private final Map<String, String> headers;

    private final List<Scope> scopes;

    private JsonApi(HttpCaller caller, Endpoint endpoint, Map<String, String> headers, List<Scope> scopes) {
        this.caller = caller;
        this.endpoint = endpoint;
        this.headers = headers;
        this.scopes = scopes;
    }

    /** The API of a registry's own host, by the registry's connections and tokens. */
    static JsonApi of(HttpCaller caller, Endpoint endpoint) {
        return new JsonApi(caller, endpoint, Map.of(), List.of());
    }

    /**
     * Opens a connection, without any I/O.
     * @param access its URL is the API's root, its credentials are sent with each request
     */
    public static JsonApi at(RegistryAccess access, HttpSettings settings, HostLimits limits) {
        StopSignal closing = new StopSignal();
        return at(access, new DirectAuthorization(access.credentials(), closing, Clock.systemUTC()), closing, settings,
                limits);
    }

    /**
     * The same for an API whose requests a signer signs.
     * @param access its credentials are not asked
     */
    public static JsonApi at(RegistryAccess access, RequestSigner signer, HttpSettings settings, HostLimits limits) {
        return at(access, new SignedAuthorization(signer), new StopSignal(), settings, limits);
    }

    private static JsonApi at(RegistryAccess access, Authorization authorization, StopSignal closing,
            HttpSettings settings, HostLimits limits) {
        HttpCaller caller = new HttpCaller(access, new Wire(access, settings, limits.sizes()), new Attempts(settings),
                authorization, settings, limits, closing);
        return of(caller, Endpoint.of(access));
    }

    /**
     * The same API with one more header, which is no secret. Only one of both is closed.
     */
    public JsonApi with(String header, String value) {
        Map<String, String> all = new HashMap<>(this.headers);
        all.put(header, value);
        return new JsonApi(this.caller, this.endpoint, Map.copyOf(all), this.scopes);
    }

    /**
     * The same API, asked with a token for these rights where a token service issues
     * them. Only one of both is closed.
     */
    public JsonApi granted(Scope... rights) {
        return new JsonApi(this.caller, this.endpoint, this.headers, List.of(rights));
    }

    /** The signal for requests without one of their own: given when this is closed. */
    public StopSignal closing() {
        return this.caller.closing();
    }

    /**
     * Asks for something.
     * @param path below the root, from its slash on, with its query
     * @throws RegistryFailure where the API fails it
     */
    public JsonNode get(String path, StopSignal stop) {
        return ask("GET", path, null, stop);
    }

    /** Sends something; it may be sent again where no answer came. */
    public JsonNode post(String path, JsonNode body, StopSignal stop) {
        return ask("POST", path, json(body), stop);
    }

    /** The same in another media type than JSON, such as a form. */
    public JsonNode post(String path, Body.Bytes body, StopSignal stop) {
        return ask("POST", path, body, stop);
    }

    public JsonNode put(String path, JsonNode body, StopSignal stop) {
        return ask("PUT", path, json(body), stop);
    }

    public void delete(String path, StopSignal stop) {
        ask("DELETE", path, null, stop);
    }

    /**
     * The pages of a list: the first is asked for at once, each other one when it is
     * wanted.
     */
    public Stream<JsonNode> pages(String path, Paging paging, StopSignal stop) {
        Pages pages = new Pages(url(path), paging, stop);
        pages.read(url(path));
        return StreamSupport
            .stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private static Body.Bytes json(JsonNode body) {
        return new Body.Bytes("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode ask(String method, String path, Body.@Nullable Bytes body, StopSignal stop) {
        Call call = call(method, url(path));
        Call whole = (body != null) ? call.with(body) : call;
        return this.caller.ask(whole, stop, (answer) -> read(whole, answer));
    }

    private WebUrl url(String path) {
        return this.endpoint.base().at(this.endpoint.base().path() + path);
    }

    private Call call(String method, WebUrl url) {
        return Call.of(method, url, "%s %s%s".formatted(method, url.authority(), url.shortPath()), this.scopes)
            .accepting(List.of("application/json"))
            .withHeaders(this.headers);
    }

    private static JsonNode read(Call call, Answer answer) throws IOException {
        byte[] body = answer.body(MOST);
        JsonNode read = Json.lenient(body);
        if (read.isMissingNode() && body.length > 0) {
            String message = call.doing() + ": the answer is no JSON";
            throw new CarriedFailure(Json.cut(body) ? new RegistryFailure.Transient(message, null)
                    : new RegistryFailure.Permanent(message));
        }
        return read;
    }

    /** As {@link RemoteRegistry#closeIdle()}. */
    public boolean closeIdle() {
        return this.caller.closeIdle(RemoteRegistry.IDLE);
    }

    @Override
    public void close() {
        this.caller.close();
    }

    private final class Pages implements Iterator<JsonNode> {

        private final WebUrl first;

        private final Paging paging;

        private final StopSignal stop;

        private @Nullable JsonNode page;

        private @Nullable WebUrl next;

        private int number;

        Pages(WebUrl first, Paging paging, StopSignal stop) {
            this.first = first;
            this.paging = paging;
            this.stop = stop;
        }

        @Override
        public boolean hasNext() {
            WebUrl here = this.next;
            if (this.page == null && here != null) {
                read(here);
            }
            return this.page != null;
        }

        @Override
        public JsonNode next() {
            if (!hasNext() || this.page == null) {
                throw new NoSuchElementException();
            }
            JsonNode read = this.page;
            this.page = null;
            return read;
        }

        void read(WebUrl here) {
            Call call = call("GET", here);
            if (this.number == MOST_PAGES) {
                throw new RegistryFailure.Incomplete("%s: the list has more than %d pages; it is read no further"
                    .formatted(call.doing(), MOST_PAGES));
            }
            this.number++;
            this.page = JsonApi.this.caller.ask(call, this.stop, (answer) -> {
                JsonNode read = JsonApi.read(call, answer);
                this.next = following(here, read, answer);
                return read;
            });
        }

        private @Nullable WebUrl following(WebUrl here, JsonNode read, Answer answer) {
            try {
                WebUrl to = this.paging.next(this.first, this.number, read, answer.headers("Link")).orElse(null);
                if (here.equals(to)) {
                    throw new RegistryFailure.Incomplete(call("GET", here).doing() + ": the list leads in a circle");
                }
                return to;
            }
            catch (WebUrl.Malformed ex) {
                throw new RegistryFailure.Incomplete(
                        "%s: the next page's address %s".formatted(call("GET", here).doing(), ex.getMessage()));
            }
        }

    }

}
