/**
 * What an operator watches: the rows of the gauges' one statement, and how they are shown
 * by Micrometer (Prometheus) and by JMX. Knows neither Camel nor the database.
 */
@NullMarked
package metrics;

import org.jspecify.annotations.NullMarked;
