/**
 * The key, and values sealed with it.
 */
@NullMarked
package store.secret;

import org.jspecify.annotations.NullMarked;
