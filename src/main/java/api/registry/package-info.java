/** Registries, their namespaces and hooks, and the adapters. */
@NullMarked
package api.registry;

import org.jspecify.annotations.NullMarked;
