/**
 * What registries and their neighbours post when an image was pushed or deleted: one
 * class a sender, found by name or by the look of a delivery. May import
 * {@code replication}; knows neither Spring nor Camel nor a database, and opens no
 * address.
 */
@NullMarked
package events;

import org.jspecify.annotations.NullMarked;
