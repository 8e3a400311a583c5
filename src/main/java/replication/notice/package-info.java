/**
 * What is told of executions, to whom and how far that has come. Needs nothing from
 * outside.
 */
@NullMarked
package replication.notice;

import org.jspecify.annotations.NullMarked;
