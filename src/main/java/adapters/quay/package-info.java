/** Quay: quay.io and Red Hat Quay of one's own. */
@NullMarked
package adapters.quay;

import org.jspecify.annotations.NullMarked;
