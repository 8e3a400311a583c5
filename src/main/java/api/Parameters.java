package api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import replication.PageRequest;
import replication.Refusal;
import replication.ResourceType;
import replication.execution.task.TaskLogs;

/** Reads path and query parameters, and refuses malformed ones. */
public final class Parameters {

    private Parameters() {
    }

    /** An id from a path; a text that is no number identifies nothing. */
    static long id(String what, String text) {
        try {
            return Long.parseLong(text);
        }
        catch (NumberFormatException _) {
            throw new Refusal.Missing(what, text);
        }
    }

    public static PageRequest page(Query query) {
        return new PageRequest(after(query), size(query, PageRequest.DEFAULT_SIZE));
    }

    public static TaskLogs.Lines lines(Query query) {
        return new TaskLogs.Lines(after(query), size(query, TaskLogs.Lines.MAX_SIZE));
    }

    /** The type of resource in a query; null for any. */
    public static @Nullable ResourceType resource(Query query) {
        String type = query.text("resource_type");
        try {
            return (type != null) ? new ResourceType(type) : null;
        }
        catch (IllegalArgumentException ex) {
            throw new Refusal.Invalid("resource_type", String.valueOf(ex.getMessage()));
        }
    }

    /** The size of a page in a list by name. */
    public static int size(Query query) {
        return new PageRequest(0, size(query, PageRequest.DEFAULT_SIZE)).size();
    }

    private static long after(Query query) {
        return number("after", query.text("after"), 0);
    }

    private static int size(Query query, int otherwise) {
        return Math.clamp(number("page_size", query.text("page_size"), otherwise), -1, Integer.MAX_VALUE);
    }

    private static long number(String name, @Nullable String text, long otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        }
        catch (NumberFormatException _) {
            throw new Refusal.Invalid(name, name + " must be a whole number, but is \"" + text + "\"");
        }
    }

    public static @Nullable Long filterId(String name, @Nullable String text) {
        return (text == null || text.isEmpty()) ? null : number(name, text, 0);
    }

    /** A number within a range; 0 if it is not given. */
    public static int within(String name, @Nullable Integer value, int least, int most) {
        if (value == null) {
            return 0;
        }
        if (value < least || value > most) {
            throw new Refusal.Invalid(name, "%s is from %d to %d, but is %d".formatted(name, least, most, value));
        }
        return value;
    }

    public static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        }
        catch (DateTimeParseException _) {
            throw new Refusal.Invalid(name,
                    name + " must be a time such as 2026-01-31T12:00:00Z, but is \"" + text + "\"");
        }
    }

    public static <E extends Enum<E>> @Nullable E oneOf(String name, @Nullable String text, Class<E> type) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
            .filter((constant) -> constant.name().toLowerCase(Locale.ROOT).equals(text))
            .findFirst()
            .orElseThrow(() -> new Refusal.Invalid(name, "%s must be one of %s, but is \"%s\"".formatted(name,
                    Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT), text)));
    }

}
