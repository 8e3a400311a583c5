/** How many bytes a second may be moved, when, and by whom together. */
@NullMarked
package replication.bandwidth;

import org.jspecify.annotations.NullMarked;
