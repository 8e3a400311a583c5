/**
 * Words that every part of the domain shares, and the refusals it answers with. Free of
 * frameworks; imports nothing of ours outside {@code replication}.
 */
@NullMarked
package replication;

import org.jspecify.annotations.NullMarked;
