/**
 * The flow as Camel routes, and the only code that knows an Exchange. A route calls beans
 * by name, which are in {@code replication} and {@code api}. Routes that an operator
 * reads (REST, ticks, errors) are YAML in {@code src/main/resources/camel}.
 */
@NullMarked
package routes;

import org.jspecify.annotations.NullMarked;
