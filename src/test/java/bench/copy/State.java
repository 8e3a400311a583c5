package bench.copy;

import java.util.Locale;

/** What a copy finds at the destination. */
enum State {

    /** Nothing: the registry was started for it. */
    COLD,

    /** All of it, by the same tool's copy a moment before. */
    UNCHANGED;

    static State named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

}
