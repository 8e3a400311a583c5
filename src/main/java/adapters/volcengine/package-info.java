/** Volcengine Container Registry (CR). */
@NullMarked
package adapters.volcengine;

import org.jspecify.annotations.NullMarked;
