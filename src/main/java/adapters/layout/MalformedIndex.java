package adapters.layout;

import java.io.IOException;

/** What stands in an {@code index.json} is none; the message says why, in words. */
final class MalformedIndex extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedIndex(String why) {
        super("its index.json is malformed: " + why);
    }

}
