/**
 * Policies and limits of bandwidth.
 */
@NullMarked
package api.policy;

import org.jspecify.annotations.NullMarked;
