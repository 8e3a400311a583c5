/**
 * JFrog Artifactory.
 */
@NullMarked
package adapters.jfrog;

import org.jspecify.annotations.NullMarked;
