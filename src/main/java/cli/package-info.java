/**
 * The command line. {@code copy} is the engine alone, in this process, with neither
 * Spring nor a database; the other commands are a client of a running service. What is
 * asked for goes to the standard output, what went wrong to the standard error, and the
 * exit code tells scripts: 0 all is well, 1 something failed, 2 it was called wrongly.
 */
@NullMarked
package cli;

import org.jspecify.annotations.NullMarked;
