/**
 * The messages of notices and their signatures. Knows neither Camel nor the database.
 */
@NullMarked
package notify;

import org.jspecify.annotations.NullMarked;
