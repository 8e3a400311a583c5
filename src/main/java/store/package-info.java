/**
 * PostgreSQL: one class for each table or duty, with all its SQL; the queue, the
 * encryption of secrets, and the embedded database. Implements the domain's ports; of our
 * packages it imports only {@code replication}. All times come from the database's clock.
 */
@NullMarked
package store;

import org.jspecify.annotations.NullMarked;
