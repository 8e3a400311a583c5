/**
 * Policies with their filters and triggers, limits of bandwidth, and whether a policy
 * fails.
 */
@NullMarked
package store.policy;

import org.jspecify.annotations.NullMarked;
