package oci.listing;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import oci.http.HttpCaller;
import oci.http.Location;
import oci.message.Call;
import oci.message.Rejection;
import oci.model.HostRecords;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;

/**
 * The names of a listing, tags or repositories, a page at a time and each once. A next
 * page lies on the registry itself, whatever host a proxy has made it say, and below its
 * path. What the list lacks or cannot tell is a failure after its last good name, so that
 * no part of a list seems to be the whole.
 */
final class NamePages implements Iterator<String> {

    /** ECR refuses more. */
    private static final int PAGE = 1000;

    /**
     * What registries give unasked, and where distribution's administrators put a bound.
     */
    private static final int SHORT_PAGE = 100;

    /** Ten times the largest catalog that is known of. */
    private static final int MOST_NAMES = 1_000_000;

    static final String TOO_MANY = "the list has more than %d names; it is read no further".formatted(MOST_NAMES);

    /** Pages in a row that bring no new name. */
    private static final int MOST_BARREN = 100;

    private final HttpCaller caller;

    private final Call call;

    private final String field;

    private final Predicate<String> good;

    private final StopSignal stop;

    private final NameHashes seen = new NameHashes();

    private final BadNames bad = new BadNames();

    private final Circle circle = new Circle();

    private NamePage page = NamePage.empty();

    /** The page that is read when this one has come to its end. */
    private @Nullable WebUrl next;

    private @Nullable String name;

    private boolean begun;

    /** How long the first page was asked to be; 0 where that was left to the registry. */
    private int asked;

    private int barren;

    private boolean brings;

    /** What misses, told after the last name. */
    private String lacking = "";

    private NamePages(HttpCaller caller, Call call, String field, Predicate<String> good, StopSignal stop) {
        this.caller = caller;
        this.call = call;
        this.field = field;
        this.good = good;
        this.stop = stop;
    }

    /**
     * Read as the stream is.
     * @param call its URL has no query
     * @param field of the answer that holds the names
     * @param good tells what is a name
     */
    static Stream<String> stream(HttpCaller caller, Call call, String field, Predicate<String> good, StopSignal stop) {
        NamePages pages = new NamePages(caller, call, field, good, stop);
        return StreamSupport
            .stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL), false)
            .onClose(() -> pages.page.close());
    }

    @Override
    public boolean hasNext() {
        while (this.name == null) {
            if (this.page.names().hasNext()) {
                String candidate = this.page.names().next();
                if (this.seen.add(candidate)) {
                    this.brings = true;
                    this.name = candidate;
                }
            }
            else if (!this.begun) {
                this.begun = true;
                begin();
            }
            else if (!turn()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String next() {
        if (!hasNext() || this.name == null) {
            throw new NoSuchElementException();
        }
        String found = this.name;
        this.name = null;
        return found;
    }

    /** What is not there has no names. */
    private void begin() {
        try {
            this.asked = this.caller.host().shown(HostRecords.Trait.LONG_PAGES).orElse(true) ? PAGE : SHORT_PAGE;
            take(first());
        }
        catch (RegistryFailure.NotFound _) {
            this.page = NamePage.empty();
        }
    }

    /** Some registries refuse a page that is longer than an administrator wants. */
    private NamePage first() {
        while (true) {
            WebUrl uri = (this.asked > 0) ? with("n=" + this.asked) : this.call.uri();
            try {
                return ask(this.call.at(uri).judgedBy(this::judgeLength));
            }
            catch (RegistryFailure.Unsupported _) {
                if (this.asked == PAGE) {
                    this.caller.host().learn(HostRecords.Trait.LONG_PAGES, false);
                }
                this.asked = (this.asked == PAGE) ? SHORT_PAGE : 0;
            }
        }
    }

    private RegistryFailure judgeLength(Rejection rejection) {
        boolean refused = rejection.status() == 400 || rejection.status() == 422
                || rejection.error().says("PAGINATION_NUMBER_INVALID");
        return (refused && this.asked > 0) ? new RegistryFailure.Unsupported(rejection.message(), true)
                : this.call.verdict().apply(rejection);
    }

    /** Reads the next page; false at the end of the list. */
    private boolean turn() {
        this.barren = this.brings ? 0 : this.barren + 1;
        this.brings = false;
        WebUrl uri = this.next;
        if (uri != null && this.circle.closes(uri)) {
            lacks("its pages lead in a circle");
        }
        else if (uri != null && this.barren > MOST_BARREN) {
            lacks("%d pages in a row brought no new name".formatted(this.barren));
        }
        else if (uri != null) {
            take(goOn(uri));
            return true;
        }
        else if (this.page.count() == this.asked && this.asked > 0 && this.barren == 0) {
            // A page that is full may be the last, or one of a registry that sends no
            // links.
            return probe();
        }
        end();
        return false;
    }

    private void end() {
        this.next = null;
        String told = this.bad.none() ? "" : this.bad.toString();
        String why = told + (told.isEmpty() || this.lacking.isEmpty() ? "" : "; ") + this.lacking;
        if (!why.isEmpty()) {
            throw new RegistryFailure.Incomplete("%s: the list is not whole: %s".formatted(this.call.doing(), why));
        }
    }

    private void lacks(String what) {
        this.lacking = what;
    }

    /** A list that has begun is not at its end where a page is not there. */
    private NamePage goOn(WebUrl uri) {
        try {
            return ask(this.call.at(uri));
        }
        catch (RegistryFailure.NotFound ex) {
            throw new RegistryFailure.Transient(
                    "%s; the list goes on there, at %s".formatted(ex.getMessage(), uri.shortPath()), ex);
        }
    }

    private boolean probe() {
        String last = URLEncoder.encode(this.page.last(), StandardCharsets.UTF_8);
        try {
            take(ask(this.call.at(with("n=" + this.asked + "&last=" + last))));
            return true;
        }
        catch (RegistryFailure ex) {
            if (ex.passing()) {
                throw ex;
            }
            // By the specification the list has ended.
            end();
            return false;
        }
    }

    private WebUrl with(String query) {
        return this.call.uri().and(query);
    }

    private NamePage ask(Call at) {
        NamePage.Reader reader = new NamePage.Reader(this.call.doing(), this.field, this.good,
                MOST_NAMES - this.seen.size());
        return this.caller.ask(at, this.stop, (answer) -> located(reader.read(answer), answer.uri()));
    }

    private NamePage located(NamePage read, WebUrl from) throws IOException {
        this.next = null;
        try {
            this.next = read.next().isPresent() ? stay(from, read.next().get()) : null;
        }
        catch (WebUrl.Malformed _) {
            lacks("the link to the next page is not a URL");
        }
        return read;
    }

    private void take(NamePage read) {
        this.page.close();
        this.page = read;
        this.bad.addAll(read.bad());
    }

    private static WebUrl stay(WebUrl from, String link) {
        WebUrl to = from.resolve(Location.text(link));
        // A registry behind a prefix may not know of it, and names the rest of the path.
        return from.at((from.path().endsWith(to.path()) ? from.path() : to.path()) + to.query());
    }

    /** Finds out by one remembered page whether pages lead in a circle (Brent). */
    private static final class Circle {

        private @Nullable WebUrl remembered;

        private long steps;

        private long renewed = 1;

        boolean closes(WebUrl uri) {
            if (uri.equals(this.remembered)) {
                return true;
            }
            this.steps++;
            if (this.steps == this.renewed) {
                this.remembered = uri;
                this.renewed *= 2;
            }
            return false;
        }

    }

}
