/**
 * PostgreSQL: one class a table or duty with its SQL whole, the queue, the secrets' box
 * and the database that comes along. Implements the domain's ports; of ours it imports
 * {@code replication} only. Every moment comes from the database's clock.
 */
@NullMarked
package store;

import org.jspecify.annotations.NullMarked;
