package oci.message;

import java.io.IOException;

/** A body or a head exceeds its bound. */
public final class OversizeAnswer extends IOException {

    private static final long serialVersionUID = 1L;

    public OversizeAnswer(String message) {
        super(message);
    }

    static OversizeAnswer body(long most) {
        return new OversizeAnswer("the answer is longer than %d bytes".formatted(most));
    }

}
