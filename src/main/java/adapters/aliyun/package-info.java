/** Alibaba Cloud Container Registry (ACR), personal and enterprise edition. */
@NullMarked
package adapters.aliyun;

import org.jspecify.annotations.NullMarked;
