/**
 * What lies in the folder {@code k8s} and how the image is built, held against the
 * application.
 */
@NullMarked
package k8s;

import org.jspecify.annotations.NullMarked;
