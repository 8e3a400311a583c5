/**
 * What all commands share: how they end, and the text, JSON and YAML that they read and
 * write.
 */
@NullMarked
package cli.shared;

import org.jspecify.annotations.NullMarked;
