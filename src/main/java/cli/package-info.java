/**
 * The command line. {@code copy} runs the engine alone in this process, with neither
 * Spring nor a database; the other commands are clients of a running service. Results go
 * to the standard output and errors to the standard error. The exit code is 0 for
 * success, 1 for a failure and 2 for wrong usage.
 */
@NullMarked
package cli;

import org.jspecify.annotations.NullMarked;
