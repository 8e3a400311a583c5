/**
 * How one blob reaches a destination once: known, mounted or sent.
 */
@NullMarked
package transfer.blob;

import org.jspecify.annotations.NullMarked;
