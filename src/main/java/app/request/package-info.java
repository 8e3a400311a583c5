/**
 * What a request passes before a route sees it, and what the container is told.
 */
@NullMarked
package app.request;

import org.jspecify.annotations.NullMarked;
