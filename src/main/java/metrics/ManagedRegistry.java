package metrics;

/** A registry as JMX shows it. */
record ManagedRegistry(Gauges gauges, String name) implements RegistryMXBean {

    @Override
    public long getTasksRunning() {
        return load().running();
    }

    @Override
    public long getQueueDepth() {
        return load().waiting();
    }

    @Override
    public double getQueueAgeSeconds() {
        return this.gauges.reading().age(load(), this.gauges.now());
    }

    @Override
    public double getBytesPerSecond() {
        return load().bytesPerSecond();
    }

    @Override
    public String getHealth() {
        return this.gauges.reading().registries().getOrDefault(this.name, "unknown");
    }

    private Load load() {
        return this.gauges.reading().load(this.name);
    }

}
