/** GitHub's container registry, ghcr.io. */
@NullMarked
package adapters.ghcr;

import org.jspecify.annotations.NullMarked;
