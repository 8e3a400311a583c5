@NullMarked
package store;

import org.jspecify.annotations.NullMarked;
