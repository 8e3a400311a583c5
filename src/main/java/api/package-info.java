/**
 * The REST surface: request and response records with the proposal's names, their mapping
 * to the domain, answers and problem details (RFC 9457). May import {@code replication},
 * but no Exchange of Camel.
 */
@NullMarked
package api;

import org.jspecify.annotations.NullMarked;
