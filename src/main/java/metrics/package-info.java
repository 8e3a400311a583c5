/**
 * What an operator watches: the rows of the gauges' one statement, shown by Micrometer
 * (Prometheus) and by JMX. It knows neither Camel nor the database.
 */
@NullMarked
package metrics;

import org.jspecify.annotations.NullMarked;
