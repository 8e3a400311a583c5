package oci.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
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
import oci.http.KeptConnections;
import oci.http.RequestSigner;
import oci.http.Wire;
import oci.limits.HostLimits;
import oci.message.Answer;
import oci.message.Body;
import oci.message.Call;
import oci.message.ErrorBody;
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
public final class JsonApi implements KeptConnections {

    /** In bytes, of one answer. */
    private static final int MOST = 16 * 1024 * 1024;

    /** A list that goes on for longer leads in a circle, or nowhere. */
    private static final int MOST_PAGES = 10_000;

    private final HttpCaller caller;

    private final Endpoint endpoint;

    private final Manner manner;

    private JsonApi(HttpCaller caller, Endpoint endpoint, Manner manner) {
        this.caller = caller;
        this.endpoint = endpoint;
        this.manner = manner;
    }

    /** The API of a registry's own host, by the registry's connections and tokens. */
    static JsonApi of(HttpCaller caller, Endpoint endpoint) {
        return new JsonApi(caller, endpoint, Manner.PLAIN);
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
        HttpCaller caller = new HttpCaller(access, new Wire(access, settings, limits), new Attempts(settings),
                authorization, settings, limits, closing);
        return of(caller, Endpoint.of(access));
    }

    /** The same API with one more header, no secret. Only one of both is closed. */
    public JsonApi with(String header, String value) {
        return with(this.manner.with(header, value));
    }

    /**
     * The same API, asked with a token for these rights where a token service issues
     * them. Only one of both is closed.
     */
    public JsonApi granted(Scope... rights) {
        return with(this.manner.granted(List.of(rights)));
    }

    /**
     * The same API, which tells errors by codes, also in answers of HTTP status 200. Only
     * one of both is closed.
     */
    public JsonApi judgedBy(ErrorCodes errors) {
        return with(this.manner.judgedBy(errors));
    }

    /**
     * The same API for one operation, which messages name in place of a path. Only one of
     * both is closed.
     */
    public JsonApi named(String operation) {
        return with(this.manner.named(operation));
    }

    private JsonApi with(Manner other) {
        return new JsonApi(this.caller, this.endpoint, other);
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

    /** Whether something is there, by HEAD. */
    public boolean has(String path, StopSignal stop) {
        try {
            ask("HEAD", path, null, stop);
            return true;
        }
        catch (RegistryFailure.NotFound _) {
            return false;
        }
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

    /** The items of such pages; the list's pointer as in {@link Paging#items}. */
    public Stream<JsonNode> items(String path, String list, Paging paging, StopSignal stop) {
        String doing = this.manner.call("GET", url(path)).doing();
        return pages(path, paging, stop).flatMap((page) -> Paging.items(doing, page, list));
    }

    private static Body.Bytes json(JsonNode body) {
        return new Body.Bytes("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode ask(String method, String path, Body.@Nullable Bytes body, StopSignal stop) {
        Call call = this.manner.call(method, url(path));
        Call whole = (body != null) ? call.with(body) : call;
        return this.caller.ask(whole, stop, (answer) -> read(whole, answer));
    }

    private WebUrl url(String path) {
        return this.endpoint.base().at(this.endpoint.base().path() + path);
    }

    private JsonNode read(Call call, Answer answer) throws IOException {
        byte[] body = answer.body(MOST);
        JsonNode read = Json.lenient(body);
        if (read.isMissingNode() && body.length > 0) {
            String message = call.doing() + ": the answer is no JSON";
            throw new CarriedFailure(Json.cut(body) ? new RegistryFailure.Transient(message, null)
                    : new RegistryFailure.Permanent(message));
        }
        Optional<ErrorBody> error = this.manner.errors().equals(ErrorCodes.NONE) ? Optional.empty()
                : ErrorBody.within(read);
        if (error.isPresent()) {
            throw new CarriedFailure(this.manner.errors().failure(call, answer.status(), error.get()));
        }
        return read;
    }

    @Override
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
            Call call = JsonApi.this.manner.call("GET", here);
            if (this.number == MOST_PAGES) {
                throw new RegistryFailure.Incomplete("%s: the list has more than %d pages; it is read no further"
                    .formatted(call.doing(), MOST_PAGES));
            }
            this.number++;
            this.page = JsonApi.this.caller.ask(call, this.stop, (answer) -> {
                JsonNode read = JsonApi.this.read(call, answer);
                if (read.isMissingNode()) {
                    throw new CarriedFailure(new RegistryFailure.Transient(call.doing() + ": empty answer", null));
                }
                this.next = following(call, here, read, answer);
                return read;
            });
        }

        private @Nullable WebUrl following(Call call, WebUrl here, JsonNode read, Answer answer) {
            try {
                WebUrl to = this.paging.next(this.first, this.number, read, answer.headers("Link")).orElse(null);
                if (here.equals(to)) {
                    throw new RegistryFailure.Incomplete(call.doing() + ": the list leads in a circle");
                }
                return to;
            }
            catch (WebUrl.Malformed ex) {
                throw new RegistryFailure.Incomplete(call.doing() + ": the next page's address " + ex.getMessage());
            }
        }

    }

}
