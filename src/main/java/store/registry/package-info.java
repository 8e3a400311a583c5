/** Registries, the capabilities of their hosts, and the accounts of the API. */
@NullMarked
package store.registry;

import org.jspecify.annotations.NullMarked;
