/** GitLab: gitlab.com and a GitLab of one's own. */
@NullMarked
package adapters.gitlab;

import org.jspecify.annotations.NullMarked;
