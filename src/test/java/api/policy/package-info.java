/** Policies as requests and answers. */
@NullMarked
package api.policy;

import org.jspecify.annotations.NullMarked;
