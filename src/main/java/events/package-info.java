/**
 * Reads the events that registries and cloud services post when an image was pushed or
 * deleted. Each sender is one class, found by its name or by the form of a delivery. May
 * import {@code replication}, but neither Spring nor Camel nor a database, and opens no
 * address.
 */
@NullMarked
package events;

import org.jspecify.annotations.NullMarked;
