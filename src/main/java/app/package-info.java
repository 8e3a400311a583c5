/**
 * The main class, the wiring, the settings, and the bridge from jobs to routes. This
 * package alone imports all others.
 */
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
