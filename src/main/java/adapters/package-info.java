/**
 * A room for each kind of registry, and the door for adapters of other people.
 */
@NullMarked
package adapters;

import org.jspecify.annotations.NullMarked;
