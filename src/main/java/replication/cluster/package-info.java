/** The nodes that share one database, and what they agree on. */
@NullMarked
package replication.cluster;

import org.jspecify.annotations.NullMarked;
