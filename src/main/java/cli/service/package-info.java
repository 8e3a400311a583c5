/**
 * The commands that are clients of a running service's API.
 */
@NullMarked
package cli.service;

import org.jspecify.annotations.NullMarked;
