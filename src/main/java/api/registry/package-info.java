/**
 * Registries, their namespaces and hooks, and the adapters that speak to them.
 */
@NullMarked
package api.registry;

import org.jspecify.annotations.NullMarked;
