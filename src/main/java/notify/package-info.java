/**
 * What goes out: the bodies of notices, and how they are signed. Knows neither who sends
 * them nor the database.
 */
@NullMarked
package notify;

import org.jspecify.annotations.NullMarked;
