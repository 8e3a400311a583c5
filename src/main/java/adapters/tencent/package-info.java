/** Tencent Container Registry (TCR), enterprise edition. */
@NullMarked
package adapters.tencent;

import org.jspecify.annotations.NullMarked;
