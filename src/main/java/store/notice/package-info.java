/**
 * Subscriptions, the outbox and the deliveries of its notices.
 */
@NullMarked
package store.notice;

import org.jspecify.annotations.NullMarked;
