/**
 * Policies, their filters and triggers as rows, limits of bandwidth, and whether a policy
 * fails.
 */
@NullMarked
package store.policy;

import org.jspecify.annotations.NullMarked;
