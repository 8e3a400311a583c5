/**
 * Registries: what one is, who may reach it, whether it is well, and the port that each
 * kind of registry implements.
 */
@NullMarked
package replication.registry;

import org.jspecify.annotations.NullMarked;
