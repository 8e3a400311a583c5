/**
 * How an image is copied: what differs, what it consists of, and how each blob gets there
 * with the fewest bytes. Imports {@code replication} and {@code oci} and runs without
 * Spring, Camel or a database.
 */
@NullMarked
package transfer;

import org.jspecify.annotations.NullMarked;
