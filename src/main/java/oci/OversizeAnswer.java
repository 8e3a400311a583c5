package oci;

import java.io.IOException;

/** A body that is longer than such a body may be. */
final class OversizeAnswer extends IOException {

    private static final long serialVersionUID = 1L;

    OversizeAnswer(int most) {
        super("the answer is longer than %d bytes".formatted(most));
    }

}
