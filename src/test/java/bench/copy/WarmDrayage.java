package bench.copy;

/** The service that runs already and has worked before. */
record WarmDrayage(Service service) implements Subject {

    static final String NAME = "drayage";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean peer() {
        return false;
    }

    @Override
    public boolean warms() {
        return true;
    }

    @Override
    public Copying on(Route route) {
        Policy policy = new Policy(this.service.api(), route);
        return new Copying() {

            @Override
            public Figures copy() {
                return policy.run(WarmDrayage.this.service);
            }

            @Override
            public void close() {
                policy.delete(WarmDrayage.this.service.api());
            }

        };
    }

    @Override
    public void close() {
        this.service.close();
    }

}
