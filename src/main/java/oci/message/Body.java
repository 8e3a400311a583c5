package oci.message;

/** What a request carries. */
public sealed interface Body {

    /** No body and no {@code Content-Length}. */
    record None() implements Body {
    }

    /** Bytes in memory, which can be sent again. */
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(String mediaType, byte[] content) implements Body {
    }

    /** A stream, which can be sent only once. */
    public record Once(HashedEntity entity) implements Body {
    }

    /**
     * An empty body after which the registry may need long, as it moves what came before.
     */
    record End() implements Body {
    }

    Body NONE = new None();

    /** {@code Content-Length: 0}. */
    Body EMPTY = new Bytes("", new byte[0]);

}
