/**
 * Imports of other tools' files. A policy that cannot be carried over exactly is
 * disabled.
 */
@NullMarked
package cli.imports;

import org.jspecify.annotations.NullMarked;
