@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
