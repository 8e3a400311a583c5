/**
 * All that can be set, typed.
 */
@NullMarked
package app.settings;

import org.jspecify.annotations.NullMarked;
