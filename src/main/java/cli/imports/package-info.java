/**
 * Policies out of other tools' files; what cannot be said exactly comes disabled.
 */
@NullMarked
package cli.imports;

import org.jspecify.annotations.NullMarked;
