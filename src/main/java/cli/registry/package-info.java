/** Commands that look into one registry or layout, and change its tags. */
@NullMarked
package cli.registry;

import org.jspecify.annotations.NullMarked;
