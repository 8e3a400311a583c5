/** The command {@code copy}: the engine alone, with the logins of Docker and podman. */
@NullMarked
package cli.copy;

import org.jspecify.annotations.NullMarked;
