package metrics;

/**
 * What JMX shows of a registry: the load of all policies that read from it or write to
 * it.
 */
public interface RegistryMXBean extends LoadMXBean {

    /** {@code healthy}, {@code unhealthy}, {@code unauthorized} or {@code unknown}. */
    String getHealth();

}
