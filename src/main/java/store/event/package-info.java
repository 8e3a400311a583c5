/**
 * What registries tell: their hooks, and the inbox that gathers events into executions.
 */
@NullMarked
package store.event;

import org.jspecify.annotations.NullMarked;
