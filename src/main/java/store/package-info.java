/**
 * PostgreSQL: one class a table or duty, with its SQL whole. Imports {@code replication}
 * only. A statement that holds the cluster together (claim, fence, dispatch) has its own
 * class and says why it is safe.
 */
@NullMarked
package store;

import org.jspecify.annotations.NullMarked;
