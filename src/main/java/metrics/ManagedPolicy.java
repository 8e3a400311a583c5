package metrics;

/** A policy as JMX shows it. */
record ManagedPolicy(Gauges gauges, Flow flow) implements PolicyMXBean {

    @Override
    public String getSource() {
        return this.flow.source();
    }

    @Override
    public String getDestination() {
        return this.flow.destination();
    }

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
    public double getSecondsSinceSuccess() {
        return this.gauges.reading().sinceSuccess(this.flow, this.gauges.now());
    }

    private Load load() {
        return this.gauges.reading().load(this.flow);
    }

}
