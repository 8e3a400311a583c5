/**
 * The parts that all tables share: the database with its transactions, advisory locks,
 * the keys of pages, and the translation of an outage.
 */
@NullMarked
package store.sql;

import org.jspecify.annotations.NullMarked;
