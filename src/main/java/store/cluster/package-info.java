/** The nodes and what they share: the key, the leases of blobs, and the open uploads. */
@NullMarked
package store.cluster;

import org.jspecify.annotations.NullMarked;
