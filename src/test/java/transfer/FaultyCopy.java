package transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import fixtures.Image;
import fixtures.LogLines;
import fixtures.PlannedRegistry;
import fixtures.Registered;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.net.HttpSettings;
import oci.remote.RemoteRegistry;
import replication.execution.copy.Outcome;
import transfer.pace.TransferSettings;

/** Copies between two registries that misbehave by plan, both of which want tokens. */
public final class FaultyCopy implements AutoCloseable {

    /** In a hurry, so that a stall costs little. */
    static final HttpSettings HASTY = new HttpSettings(Duration.ofSeconds(5), Duration.ofMillis(250),
            Duration.ofMillis(500), 3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(3));

    /** In bytes: small enough that the images' layers have several. */
    private static final long PIECE = 64 * 1024;

    private static final String PASSWORD = "pa55word";

    private static final List<String> SECRETS = List.of(PASSWORD, "secret-token", "am9lOnBhNTV3b3Jk");

    final PlannedRegistry source;

    public final PlannedRegistry destination;

    private final RemoteRegistry from;

    private final RemoteRegistry to;

    private final Copying copying;

    private final LogLines log = new LogLines("oci", "transfer");

    private final List<String> failures = new CopyOnWriteArrayList<>();

    /**
     * Connects both.
     * @param resumeFrom in bytes: larger blobs are gone on with
     */
    public FaultyCopy(PlannedRegistry source, PlannedRegistry destination, long resumeFrom) {
        this(source, destination, resumeFrom, HASTY, LimitSizes.DEFAULTS);
    }

    public FaultyCopy(PlannedRegistry source, PlannedRegistry destination, long resumeFrom, HttpSettings settings,
            LimitSizes sizes) {
        this.source = source.withTokens("joe", PASSWORD);
        this.destination = destination.withTokens("joe", PASSWORD);
        HostLimits limits = new HostLimits(sizes);
        this.from = connect(source, settings, limits);
        this.to = connect(destination, settings, limits);
        this.copying = new Copying(this.from, this.to,
                new TransferSettings(4, 4, 0, 256 * 1024, resumeFrom, PIECE, 8, 1000, Copying.FAST));
    }

    private static RemoteRegistry connect(PlannedRegistry registry, HttpSettings settings, HostLimits limits) {
        return RemoteRegistry.connect(Registered.at(registry.url()).basic("joe", PASSWORD).access(), settings, limits);
    }

    /** Ends what {@link #run} does, which then fails. */
    void stop() {
        this.copying.stop.stop();
    }

    /** Copies these repositories; what failed is among {@link #failures()}. */
    public void run(Iterable<String> repositories) {
        this.failures.clear();
        for (String repository : repositories) {
            try {
                this.copying.all(repository)
                    .stream()
                    .filter((outcome) -> outcome.result() != Outcome.Result.COPIED
                            && outcome.result() != Outcome.Result.UNCHANGED)
                    .forEach((outcome) -> this.failures.add(outcome.result() + " " + outcome.reason()));
            }
            catch (RegistryFailure ex) {
                this.failures.add("LISTING " + ex.getMessage());
            }
        }
    }

    public List<String> failures() {
        return this.failures;
    }

    /** Whether the destination has all of these, byte for byte. */
    public boolean whole(Map<String, Map<String, Image>> repositories) {
        return repositories.entrySet()
            .stream()
            .allMatch((repository) -> repository.getValue()
                .entrySet()
                .stream()
                .allMatch((tag) -> this.destination.holds(repository.getKey(), tag.getKey(), tag.getValue())));
    }

    /** What must never be, whatever happens. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(this.destination.wrong());
        this.source.leaks().forEach((leak) -> violations.add("credential sent elsewhere: " + leak));
        this.destination.leaks().forEach((leak) -> violations.add("credential sent elsewhere: " + leak));
        List<String> told = new ArrayList<>(this.log.lines());
        told.addAll(this.copying.log);
        told.addAll(this.failures);
        told.stream()
            .filter((line) -> SECRETS.stream().anyMatch(line::contains))
            .forEach((line) -> violations.add("a secret is told: " + line));
        return violations;
    }

    @Override
    public void close() {
        this.log.close();
        this.from.close();
        this.to.close();
        this.source.close();
        this.destination.close();
    }

}
