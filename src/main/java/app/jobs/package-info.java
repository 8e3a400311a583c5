/**
 * The bridge from db-scheduler's jobs to routes.
 */
@NullMarked
package app.jobs;

import org.jspecify.annotations.NullMarked;
