/**
 * Who may use the API, and how passwords are kept.
 */
@NullMarked
package app.access;

import org.jspecify.annotations.NullMarked;
