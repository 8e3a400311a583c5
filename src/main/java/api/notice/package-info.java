/**
 * Subscriptions and their deliveries.
 */
@NullMarked
package api.notice;

import org.jspecify.annotations.NullMarked;
