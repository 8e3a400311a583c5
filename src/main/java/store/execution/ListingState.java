package store.execution;

import store.sql.Database;

/**
 * How far the listing of an execution is, whose row the caller has locked.
 *
 * @param discovered whether the whole list was read
 * @param failed whether it cannot go on; then the execution ends as failed, and nothing
 * of it is dispatched any more
 * @param whole whether nothing was missing from the source's list
 */
record ListingState(boolean discovered, boolean failed, boolean whole) {

    static ListingState of(Database database, long executionId) {
        return database.sql(
                "SELECT discovered, failure IS NOT NULL AS failed, list_lacks = '' AS whole FROM execution WHERE id = :id")
            .param("id", executionId)
            .query((row, number) -> new ListingState(row.getBoolean("discovered"), row.getBoolean("failed"),
                    row.getBoolean("whole")))
            .single();
    }

    /** Whether the whole list has become tasks. */
    boolean complete() {
        return this.discovered && !this.failed && this.whole;
    }

}
