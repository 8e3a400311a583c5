package bench.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Whether the service kept within a bound.
 *
 * @param what is bounded
 */
record Verdict(String scene, String what, double came, double bound) {

    private static final double EQUAL = 1.05;

    private static final double HALF = 0.5;

    private static final double LEAN = 1.3;

    /** In seconds; below it a ratio says little, and {@link #NEAR} counts. */
    private static final double SHORT = 0.5;

    private static final double NEAR = 0.15;

    private static final double FIXED = 0.1;

    static List<Verdict> of(Scene scene) {
        List<Verdict> verdicts = new ArrayList<>();
        Row service = scene.service();
        if (!service.valid()) {
            return verdicts;
        }
        verdicts.add(new Verdict(scene.title(), "requests at the source", service.column("requests source"),
                scene.corpus().sourceFloor(scene.state())));
        verdicts.add(new Verdict(scene.title(), "requests at the destination", service.column("requests destination"),
                scene.corpus().destinationFloor(scene.state())));
        wall(scene, service, verdicts);
        boolean plainBig = scene.corpus().name().equals("big") && scene.line() == Line.PLAIN;
        if (plainBig && scene.state() == State.COLD) {
            scene.best("CPU s")
                .ifPresent((best) -> verdicts.add(new Verdict(scene.title(), "CPU, times the leanest peer",
                        service.column("CPU s") / best, LEAN)));
        }
        return verdicts;
    }

    private static void wall(Scene scene, Row service, List<Verdict> verdicts) {
        double wall = service.column("wall s");
        if (scene.corpus().name().equals("one")) {
            if (scene.line() == Line.PLAIN && scene.state() == State.UNCHANGED) {
                verdicts.add(new Verdict(scene.title(), "fixed cost of an execution, seconds", wall, FIXED));
            }
            return;
        }
        OptionalDouble best = scene.best("wall s");
        if (best.isEmpty()) {
            return;
        }
        double fastest = best.getAsDouble();
        boolean slow = scene.line().proxied();
        if (slow && scene.state() == State.UNCHANGED) {
            return; // nothing is asked of it
        }
        if (slow && Set.of("small", "tags", "shared").contains(scene.corpus().name())) {
            verdicts.add(new Verdict(scene.title(), "wall, times the fastest peer", wall / fastest, HALF));
        }
        else if (fastest < SHORT) {
            verdicts.add(new Verdict(scene.title(), "wall, seconds more than the fastest peer", wall - fastest, NEAR));
        }
        else {
            verdicts.add(new Verdict(scene.title(), "wall, times the fastest peer", wall / fastest, EQUAL));
        }
    }

    boolean kept() {
        return this.came <= this.bound;
    }

    String line() {
        return String.format(Locale.ROOT, "%-28s %-42s %9.2f  bound %8.2f  %s", this.scene, this.what, this.came,
                this.bound, kept() ? "reached" : "MISSED");
    }

}
