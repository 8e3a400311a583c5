/**
 * The messages of notices and their signatures. May import neither Camel nor the
 * database.
 */
@NullMarked
package notify;

import org.jspecify.annotations.NullMarked;
