/**
 * Who asks for what the service does.
 */
@NullMarked
package replication.access;

import org.jspecify.annotations.NullMarked;
