/** Huawei Cloud's Software Repository for Container (SWR), basic edition. */
@NullMarked
package adapters.huawei;

import org.jspecify.annotations.NullMarked;
