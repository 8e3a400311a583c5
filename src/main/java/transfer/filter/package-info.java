/** Filters of images and artifacts: a file for each kind. */
@NullMarked
package transfer.filter;

import org.jspecify.annotations.NullMarked;
