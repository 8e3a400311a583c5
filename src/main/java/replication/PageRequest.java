package replication;

/**
 * Asks for the page that follows a key (keyset paging, so that a late page costs what the
 * first one does).
 *
 * @param after the last key seen, 0 for the first page
 * @param size how many items, 1 to {@value #MAX_SIZE}
 */
public record PageRequest(long after, int size) {

    public static final int DEFAULT_SIZE = 50;

    public static final int MAX_SIZE = 500;

    public PageRequest {
        if (after < 0) {
            throw new Refusal.Invalid("after", "after must not be negative, but is " + after);
        }
        if (size < 1 || size > MAX_SIZE) {
            throw new Refusal.Invalid("page_size", "page_size must be 1 to " + MAX_SIZE + ", but is " + size);
        }
    }

    public static PageRequest first() {
        return new PageRequest(0, DEFAULT_SIZE);
    }

}
