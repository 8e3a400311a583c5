/**
 * What {@code bench/*.sh} runs. None of it belongs to the tests: its classes end in
 * {@code Bench}, which no build runs by itself.
 */
@NullMarked
package bench;

import org.jspecify.annotations.NullMarked;
