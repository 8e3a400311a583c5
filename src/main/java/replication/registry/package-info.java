/**
 * Registries: their values, their health, access to them, and the port that each kind of
 * registry implements.
 */
@NullMarked
package replication.registry;

import org.jspecify.annotations.NullMarked;
