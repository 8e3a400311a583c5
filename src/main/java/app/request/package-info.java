/**
 * What a request passes before a route sees it, and how the container is configured.
 */
@NullMarked
package app.request;

import org.jspecify.annotations.NullMarked;
