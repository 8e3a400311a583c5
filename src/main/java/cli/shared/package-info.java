/**
 * The parts that all commands share: their failures and exit codes, and the text, JSON
 * and YAML that they read and write.
 */
@NullMarked
package cli.shared;

import org.jspecify.annotations.NullMarked;
