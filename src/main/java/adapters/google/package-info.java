/**
 * Google's registries: Artifact Registry and what is left of Container Registry.
 */
@NullMarked
package adapters.google;

import org.jspecify.annotations.NullMarked;
