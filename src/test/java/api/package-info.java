@NullMarked
package api;

import org.jspecify.annotations.NullMarked;
