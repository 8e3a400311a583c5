package bench.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import oci.remote.RemoteRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** All tools by turns on one corpus and line, each time to a registry of its own. */
final class Rounds {

    /** As often what takes only milliseconds is measured. */
    private static final int TIMES = 20;

    /**
     * So often a service that has run for long has done the like before, and what is
     * unchanged {@link #TIMES} as often; not recorded.
     */
    private static final int WARM_UPS = 5;

    /** What goes on after one copy is not to go on within the next. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Plan plan;

    private final Path folder;

    private final @Nullable Toxiproxy proxy;

    private final List<Sample> samples = new ArrayList<>();

    Rounds(Plan plan, Path folder, @Nullable Toxiproxy proxy) {
        this.plan = plan;
        this.folder = folder;
        this.proxy = proxy;
    }

    List<Sample> samples() {
        return this.samples;
    }

    void play(Corpus corpus, Line line, List<Subject> subjects) {
        try (Ground source = start(line)) {
            Map<String, String> digests = fill(corpus, source);
            for (int run = 1 - WARM_UPS; run <= this.plan.runs(); run++) {
                for (Subject subject : subjects) {
                    if (run > 0 || subject.warms()) {
                        System.out.printf("%s, %s, run %d: %s%n", corpus.name(), line, run, subject.name());
                        try (Ground destination = start(line.toDestination())) {
                            new Turn(corpus, line, subject, run, digests, source, destination).play();
                        }
                    }
                }
            }
        }
    }

    private Ground start(Line line) {
        return Ground.start(this.folder, this.plan.program("registry").map(Path::of).orElse(null), line, this.proxy);
    }

    private static Map<String, String> fill(Corpus corpus, Ground ground) {
        try (RemoteRegistry registry = ground.connect()) {
            return corpus.fill(registry);
        }
    }

    /** One copies once where nothing is, and then where all is. */
    private final class Turn {

        private final Corpus corpus;

        private final Line line;

        private final Subject subject;

        private final int run;

        private final Map<String, String> digests;

        private final Ground source;

        private final Ground destination;

        Turn(Corpus corpus, Line line, Subject subject, int run, Map<String, String> digests, Ground source,
                Ground destination) {
            this.corpus = corpus;
            this.line = line;
            this.subject = subject;
            this.run = run;
            this.digests = digests;
            this.source = source;
            this.destination = destination;
        }

        void play() {
            Path work = workFolder();
            State state = State.COLD;
            Route route = new Route(this.corpus, this.line, this.source, this.destination, authorities(work), work);
            try (Subject.Copying copying = this.subject.on(route)) {
                if (this.run <= 0) {
                    warmUp(copying);
                    return;
                }
                rest();
                measure(copying, State.COLD);
                state = State.UNCHANGED;
                rest();
                boolean often = this.corpus.images() == 1 && !(this.subject instanceof FreshDrayage);
                for (int time = 0; time < (often ? TIMES : 1); time++) {
                    measure(copying, State.UNCHANGED);
                }
            }
            catch (RuntimeException ex) {
                System.out.println("  FAILED: " + ex.getMessage());
                add(new Sample(this.corpus.name(), this.line, state, this.subject.name(), this.run, null, null, null,
                        "failed: " + ex.getMessage()));
            }
            finally {
                delete(work);
            }
        }

        /**
         * What is copied is not compared: over a slow line that takes longer than the
         * copy.
         */
        private static void warmUp(Subject.Copying copying) {
            for (int time = 0; time <= TIMES; time++) {
                copying.copy();
            }
        }

        private static void rest() {
            LockSupport.parkNanos(QUIET.toNanos());
        }

        private void measure(Subject.Copying copying, State state) {
            // What came before belongs to nobody.
            this.source.traffic();
            this.destination.traffic();
            double registries = registries();
            double line = line();
            Figures copied = copying.copy();
            Figures figures = copied.with("registries_cpu", registries() - registries).with("line_cpu", line() - line);
            Traffic from = this.source.traffic();
            Traffic to = this.destination.traffic();
            String problem = this.destination.digests().equals(this.digests) ? ""
                    : "it copied other digests than the source has, or fewer";
            add(new Sample(this.corpus.name(), this.line, state, this.subject.name(), this.run, figures, from, to,
                    problem));
        }

        private double registries() {
            return this.source.cpu() + this.destination.cpu();
        }

        private double line() {
            return (Rounds.this.proxy != null) ? Rounds.this.proxy.cpu() : 0;
        }

        private void add(Sample sample) {
            if (this.run > 0 && Rounds.this.plan.states().contains(sample.state())) {
                Rounds.this.samples.add(sample);
            }
        }

        private Optional<Path> authorities(Path work) {
            return this.source.authority()
                .map((pem) -> write(work.resolve("authorities.pem"), pem + this.destination.authority().orElseThrow()));
        }

        private Path workFolder() {
            try {
                return Files.createTempDirectory(Rounds.this.folder, "work");
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        private static Path write(Path file, String text) {
            try {
                return Files.writeString(file, text);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        private static void delete(Path work) {
            try {
                FileSystemUtils.deleteRecursively(work);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

    }

}
