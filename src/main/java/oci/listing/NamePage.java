package oci.listing;

import java.io.CharConversionException;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import oci.message.Answer;
import oci.message.BoundedStream;
import oci.message.Json;
import oci.model.CarriedFailure;
import oci.model.OutsideText;
import oci.model.RegistryFailure;

/**
 * One page of a list of names, read as it comes: what is no name is put aside, so that
 * the others go on.
 *
 * @param count of the good ones
 * @param last of the good ones; empty where there is none
 * @param next the link to the next page, as it came
 */
record NamePage(Iterator<String> names, int count, String last, BadNames bad, Optional<String> next,
        NameSpool spool) implements AutoCloseable {

    /** In bytes; a hundred times as long as the longest that is known of. */
    private static final long MOST = 256L * 1024 * 1024;

    private static final int WORTH_READING = 64 * 1024;

    static NamePage empty() {
        return new NamePage(Collections.emptyIterator(), 0, "", new BadNames(), Optional.empty(), new NameSpool());
    }

    /** Forgets what has not been used. */
    @Override
    public void close() {
        this.spool.close();
    }

    /** Reads a page from an answer. */
    public static final class Reader {

        private final String doing;

        private final String field;

        private final Predicate<String> good;

        private final int most;

        private final BadNames bad = new BadNames();

        private int count;

        private String last = "";

        /**
         * Reads one.
         * @param doing how messages begin
         * @param field of the answer that holds the names
         * @param good tells what is a name
         * @param most so many names are read
         */
        Reader(String doing, String field, Predicate<String> good, int most) {
            this.doing = doing;
            this.field = field;
            this.good = good;
            this.most = most;
        }

        NamePage read(Answer answer) throws IOException {
            NameSpool spool = new NameSpool();
            BoundedStream body = new BoundedStream(answer.stream(), MOST);
            try {
                read(body, spool);
                return new NamePage(spool.read(), this.count, this.last, this.bad,
                        LinkHeader.next(answer.headers("Link")), spool);
            }
            catch (IOException | RuntimeException ex) {
                spool.close();
                throw ex;
            }
        }

        private void read(BoundedStream body, NameSpool spool) throws IOException {
            boolean found = false;
            try (JsonParser json = Json.FACTORY.createParser(body)) {
                JsonToken first = json.nextToken();
                if (first == null) {
                    throw breaksOff(body);
                }
                while (first == JsonToken.START_OBJECT && json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean names = json.currentName().equals(this.field);
                    json.nextToken();
                    if (names) {
                        found = true;
                        names(json, spool);
                    }
                    else {
                        json.skipChildren();
                    }
                }
            }
            catch (JsonEOFException _) {
                throw breaksOff(body);
            }
            catch (StreamConstraintsException _) {
                throw failure(Json.BEYOND);
            }
            catch (JsonParseException | CharConversionException ex) {
                // A connection that breaks says more, and may be tried again.
                body.readNBytes(WORTH_READING);
                throw failure(found ? "the answer is no JSON: " + Json.fault(ex) : "the answer has no " + this.field);
            }
            if (!found) {
                throw failure("the answer has no " + this.field);
            }
        }

        private void names(JsonParser json, NameSpool spool) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw failure("the answer's %s are no list".formatted(this.field));
            }
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                switch (token) {
                    case VALUE_STRING -> name(json.getText(), spool);
                    case null -> throw new JsonEOFException(json, JsonToken.NOT_AVAILABLE, "the list has no end");
                    case START_OBJECT, START_ARRAY -> {
                        this.bad.addOther((token == JsonToken.START_OBJECT) ? "an object" : "a list");
                        json.skipChildren();
                    }
                    default -> this.bad.addOther(OutsideText.line(json.getText(), 60));
                }
            }
        }

        private void name(String name, NameSpool spool) throws IOException {
            if (!this.good.test(name)) {
                this.bad.add(name);
                return;
            }
            this.count++;
            if (this.count > this.most) {
                throw failure(NamePages.TOO_MANY);
            }
            this.last = name;
            spool.add(name);
        }

        private CarriedFailure breaksOff(BoundedStream body) {
            return new CarriedFailure(new RegistryFailure.Transient(
                    "%s: the answer breaks off after %d bytes".formatted(this.doing, body.count()), null));
        }

        private CarriedFailure failure(String why) {
            return new CarriedFailure(new RegistryFailure.Permanent(this.doing + ": " + why));
        }

    }

}
