/**
 * Limits of bytes a second: their values, their times, and the traffic that shares them.
 */
@NullMarked
package replication.bandwidth;

import org.jspecify.annotations.NullMarked;
