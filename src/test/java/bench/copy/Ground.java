package bench.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import bench.CpuTimes;
import fixtures.RealRegistry;
import fixtures.RealRegistryBuilder;
import fixtures.Registered;
import oci.ContentSource;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import oci.remote.RemoteRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One registry, the line to it and what has gone over it. */
final class Ground implements AutoCloseable {

    private final RealRegistry registry;

    private final boolean tls;

    private final @Nullable Toxiproxy proxy;

    private final String host;

    private int linesSeen;

    private long readBefore;

    private Ground(RealRegistry registry, Line line, @Nullable Toxiproxy proxy) {
        this.registry = registry;
        this.tls = line == Line.TLS;
        this.proxy = line.proxied() ? proxy : null;
        this.host = (this.proxy != null) ? this.proxy.slow(registry.host()) : registry.host();
    }

    /** Starts an empty registry. */
    static Ground start(Path folder, @Nullable Path program, Line line, @Nullable Toxiproxy proxy) {
        RealRegistryBuilder builder = RealRegistry.builder().below(folder);
        if (program != null) {
            builder.executable(program);
        }
        if (line == Line.TLS) {
            builder.tls();
        }
        return new Ground(builder.start(), line, proxy);
    }

    /** Host and port, as tools are told. */
    String host() {
        return this.host;
    }

    String url() {
        return (this.tls ? "https://" : "http://") + this.host;
    }

    Optional<String> authority() {
        return this.tls ? Optional.of(this.registry.caPem()) : Optional.empty();
    }

    private Registered access() {
        Registered access = Registered.at(this.registry);
        return this.tls ? access.trusting(this.registry.caPem()) : access;
    }

    /** Directly, whatever the line. */
    RemoteRegistry connect() {
        return RemoteRegistry.connect(access().access(), HttpSettings.DEFAULTS, new HostLimits(LimitSizes.DEFAULTS));
    }

    /** Every tag of every repository with its digest. */
    Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        try (RemoteRegistry client = connect(); Stream<String> repositories = client.repositories()) {
            repositories.forEach((repository) -> {
                ContentSource content = client.source(repository, new StopSignal());
                try (Stream<String> tags = content.tags()) {
                    tags.forEach((tag) -> digests.put(repository + ":" + tag,
                            content.head(tag).map((found) -> found.digest().toString()).orElse("")));
                }
            });
        }
        return digests;
    }

    /** Seconds of processor that its process has used. */
    double cpu() {
        return CpuTimes.tree(this.registry.pid());
    }

    /** What has come since it was asked last, once nothing more comes. */
    Traffic traffic() {
        List<String> lines = quiet();
        long bytes = read();
        Traffic traffic = Traffic.of(lines.subList(this.linesSeen, lines.size()), bytes - this.readBefore);
        this.linesSeen = lines.size();
        this.readBefore = bytes;
        return traffic;
    }

    /** The log is written a moment after the answer. */
    private List<String> quiet() {
        AtomicInteger before = new AtomicInteger(-1);
        AtomicInteger still = new AtomicInteger();
        return Awaitility.await()
            .pollInterval(Duration.ofMillis(20))
            .atMost(Duration.ofMinutes(1))
            .until(this.registry::accessLog, (lines) -> {
                boolean same = before.getAndSet(lines.size()) == lines.size();
                return same && still.incrementAndGet() > 2;
            });
    }

    private long read() {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(this.registry.pid()), "io"))
                .stream()
                .filter((line) -> line.startsWith("rchar: "))
                .mapToLong((line) -> Long.parseLong(line.substring("rchar: ".length())))
                .sum();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        if (this.proxy != null) {
            this.proxy.forget(this.host);
        }
        this.registry.close();
    }

}
