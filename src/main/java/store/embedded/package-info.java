/**
 * The PostgreSQL that comes with Drayage: its programs, its folder's lock, its start and
 * stop.
 */
@NullMarked
package store.embedded;

import org.jspecify.annotations.NullMarked;
