/**
 * Registries, and what their hosts have shown.
 */
@NullMarked
package store.registry;

import org.jspecify.annotations.NullMarked;
