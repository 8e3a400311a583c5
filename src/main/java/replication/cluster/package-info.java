/** The nodes that work on one database, and what they agree on. */
@NullMarked
package replication.cluster;

import org.jspecify.annotations.NullMarked;
