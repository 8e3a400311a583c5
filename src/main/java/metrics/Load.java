package metrics;

/**
 * How much runs and how much waits.
 *
 * @param running tasks that nodes work on
 * @param waiting tasks in the backlog and the queue, without paused ones
 * @param age how long the oldest of those has waited, in seconds; 0 where none waits
 * @param bytesPerSecond bytes of artifacts written down as copied, see {@link Throughput}
 */
record Load(long running, long waiting, double age, double bytesPerSecond) {

    static final Load NONE = new Load(0, 0, 0, 0);

    Load plus(Load other) {
        return new Load(this.running + other.running, this.waiting + other.waiting, Math.max(this.age, other.age),
                this.bytesPerSecond + other.bytesPerSecond);
    }

}
