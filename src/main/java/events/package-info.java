/**
 * Reads what registries and cloud services post when an image was pushed or deleted. One
 * class per sender, which is found by its name or by the shape of a delivery. May import
 * {@code replication}; knows neither Spring nor Camel nor a database, and opens no
 * address.
 */
@NullMarked
package events;

import org.jspecify.annotations.NullMarked;
