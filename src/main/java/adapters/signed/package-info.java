/**
 * Signs the requests to the APIs of clouds whose SDKs are too large, not to be had or not
 * free: Alibaba, Huawei, Tencent and Volcengine. What their APIs have in common besides
 * stands here as well.
 */
@NullMarked
package adapters.signed;

import org.jspecify.annotations.NullMarked;
