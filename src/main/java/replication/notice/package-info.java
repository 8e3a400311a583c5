/**
 * Notices about executions: who subscribes, what is sent, and how far each delivery is.
 */
@NullMarked
package replication.notice;

import org.jspecify.annotations.NullMarked;
