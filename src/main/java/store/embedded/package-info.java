/** The embedded PostgreSQL: its programs, the lock of its folder, its start and stop. */
@NullMarked
package store.embedded;

import org.jspecify.annotations.NullMarked;
