/**
 * What all tables share: the database with its transactions, advisory locks, a page's
 * keys, and the translation of an outage.
 */
@NullMarked
package store.sql;

import org.jspecify.annotations.NullMarked;
