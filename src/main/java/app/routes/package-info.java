/**
 * Routes of an operator's own.
 */
@NullMarked
package app.routes;

import org.jspecify.annotations.NullMarked;
