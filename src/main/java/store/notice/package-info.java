/**
 * Subscriptions, the outbox, and the deliveries of what stands in it.
 */
@NullMarked
package store.notice;

import org.jspecify.annotations.NullMarked;
