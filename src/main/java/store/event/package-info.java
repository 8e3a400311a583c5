/** The hooks of registries, and the inbox that gathers their events into executions. */
@NullMarked
package store.event;

import org.jspecify.annotations.NullMarked;
