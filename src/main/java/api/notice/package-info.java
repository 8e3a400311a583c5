/**
 * Subscriptions and what was delivered to them.
 */
@NullMarked
package api.notice;

import org.jspecify.annotations.NullMarked;
