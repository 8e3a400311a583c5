package oci;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import replication.execution.StopSignal;
import replication.registry.RegistryFailure;

/**
 * The names of a listing, tags or repositories, a page at a time. A next page lies on the
 * registry itself, whatever host a proxy has made it say, and below its path.
 */
final class NamePages implements Iterator<String> {

    private static final int MOST = 16 * 1024 * 1024;

    private final HttpCaller caller;

    private final Call first;

    private final String field;

    private final StopSignal stop;

    private final Set<URI> seen = new HashSet<>();

    private @Nullable URI next;

    private Iterator<String> page = List.<String>of().iterator();

    private NamePages(HttpCaller caller, Call first, String field, StopSignal stop) {
        this.caller = caller;
        this.first = first;
        this.field = field;
        this.stop = stop;
        this.next = first.uri();
    }

    /**
     * Read as the stream is.
     * @param field of the answer that holds the names
     */
    static Stream<String> stream(HttpCaller caller, Call first, String field, StopSignal stop) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new NamePages(caller, first, field, stop),
                Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        while (!this.page.hasNext() && this.next != null) {
            turn(this.next);
        }
        return this.page.hasNext();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return this.page.next();
    }

    private void turn(URI uri) {
        if (!this.seen.add(uri)) {
            throw new RegistryFailure.Permanent(this.first.doing() + ": its pages lead in a circle");
        }
        Page read = ask(uri);
        this.page = read.names().iterator();
        this.next = read.next().orElse(null);
    }

    /** What is not there has no names; a list that has begun is not at its end. */
    private Page ask(URI uri) {
        try {
            return this.caller.ask(this.first.at(uri), this.stop, this::read);
        }
        catch (RegistryFailure.NotFound ex) {
            if (!uri.equals(this.first.uri())) {
                throw new RegistryFailure.Transient(
                        "%s; the list goes on there, at %s".formatted(ex.getMessage(), uri.getRawPath()), ex);
            }
            return new Page(List.of(), Optional.empty());
        }
    }

    private Page read(Answer answer) throws IOException {
        byte[] body = answer.body(MOST);
        JsonNode names = Json.lenient(body).path(this.field);
        if (names.isMissingNode() && Json.cut(body)) {
            throw new CarriedFailure(new RegistryFailure.Transient(
                    "%s: the answer breaks off after %d bytes".formatted(this.first.doing(), body.length), null));
        }
        if (names.isMissingNode()) {
            throw failure("the answer has no " + this.field);
        }
        if (!names.isNull() && !names.isArray()) {
            throw failure("the answer's %s are no list".formatted(this.field));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode name : names) {
            if (!name.isTextual()) {
                throw failure("the answer's %s are no list of names".formatted(this.field));
            }
            texts.add(name.asText());
        }
        Optional<String> link = LinkHeader.next(answer.headers("Link"));
        return new Page(texts, link.isPresent() ? Optional.of(stay(answer.uri(), link.get())) : Optional.empty());
    }

    private URI stay(URI from, String link) throws CarriedFailure {
        try {
            URI to = Location.resolve(from, link);
            String query = (to.getRawQuery() != null) ? "?" + to.getRawQuery() : "";
            // A registry behind a prefix may not know of it, and names the rest of the
            // path.
            String path = from.getRawPath().endsWith(to.getRawPath()) ? from.getRawPath() : to.getRawPath();
            return URI.create(from.getScheme() + "://" + from.getRawAuthority() + path + query);
        }
        catch (URISyntaxException _) {
            throw failure("the link to the next page is not a URL");
        }
    }

    private CarriedFailure failure(String why) {
        return new CarriedFailure(new RegistryFailure.Permanent(this.first.doing() + ": " + why));
    }

    private record Page(List<String> names, Optional<URI> next) {
    }

}
