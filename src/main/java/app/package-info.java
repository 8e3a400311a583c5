/**
 * The main class, the wiring, the settings, and the bridge from jobs to routes. The only
 * package that knows all others.
 */
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
