package adapters.layout;

import java.io.IOException;

/** An {@code index.json} that cannot be read; the message says why. */
final class MalformedIndex extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedIndex(String why) {
        super("its index.json is malformed: " + why);
    }

}
