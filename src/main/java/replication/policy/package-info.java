/**
 * Policies: what is replicated from where to where, by which filters and triggers.
 */
@NullMarked
package replication.policy;

import org.jspecify.annotations.NullMarked;
