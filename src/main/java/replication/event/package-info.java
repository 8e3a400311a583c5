/** What registries tell of themselves, and what becomes of it. */
@NullMarked
package replication.event;

import org.jspecify.annotations.NullMarked;
