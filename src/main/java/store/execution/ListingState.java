package store.execution;

import store.sql.Database;

/**
 * The state of an execution's listing; the caller has locked the execution's row.
 *
 * @param discovered whether the whole list was read
 * @param failed whether the listing cannot go on; the execution then ends as failed and
 * none of its tasks is dispatched any more
 * @param whole whether the source's list was complete
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
