package e2e;

import fixtures.LineRequest;

/**
 * Something that was done to the nodes, the line or the database, by
 * {@link System#nanoTime()}.
 */
record Deed(String what, long from, long to) {

    /**
     * An answer may have come that the node had no time to write down; and the line tells
     * a moment later what went over it.
     */
    private static final long MARGIN = 500_000_000;

    boolean befell(LineRequest request) {
        return request.openWithin(this.from - MARGIN, this.to + MARGIN);
    }

}
