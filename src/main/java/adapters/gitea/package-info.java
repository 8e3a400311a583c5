/**
 * Gitea and Forgejo.
 */
@NullMarked
package adapters.gitea;

import org.jspecify.annotations.NullMarked;
