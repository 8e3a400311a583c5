/**
 * The partitions of the growing tables, and the deletion of executions after their
 * retention.
 */
@NullMarked
package store.history;

import org.jspecify.annotations.NullMarked;
