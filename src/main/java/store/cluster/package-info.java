/**
 * Nodes, and what they agree on: the key, who sends a blob, and which uploads can be gone
 * on with.
 */
@NullMarked
package store.cluster;

import org.jspecify.annotations.NullMarked;
