/**
 * Registries of vendors that the distribution specification suffices for, with what is
 * known of each.
 */
@NullMarked
package adapters.presets;

import org.jspecify.annotations.NullMarked;
