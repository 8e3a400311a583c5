/**
 * Partitions of the tables that grow, and how what is past its retention is dropped.
 */
@NullMarked
package store.history;

import org.jspecify.annotations.NullMarked;
