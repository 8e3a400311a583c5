package bench.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** Drayage beside its peers; run by {@code bench/copy.sh}. */
class CopyBench {

    private static final Path PROGRAM = Path.of("bin", "drayage").toAbsolutePath();

    private final Path folder = Path.of("target", "bench", "copy").toAbsolutePath();

    private final Path data = Path.of(System.getProperty("bench.data", this.folder.toString()));

    private final Plan plan = Plan.read(this.folder.resolve("tools.tsv"));

    private final List<String> missing = new ArrayList<>();

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void run() throws IOException {
        Machine machine = Machine.here(this.data);
        List<Subject> subjects = subjects();
        try (@Nullable
        Toxiproxy proxy = toxiproxy()) {
            Rounds rounds = new Rounds(this.plan, this.data, proxy);
            List<Scene> scenes = new ArrayList<>();
            for (Line line : lines(proxy)) {
                for (Corpus corpus : this.plan.cases()) {
                    rounds.play(corpus, line, subjects);
                    this.plan.states()
                        .forEach((state) -> scenes.add(Scene.of(corpus, line, state, subjects, rounds.samples())));
                    // After every case, so that one that goes wrong does not cost the
                    // others.
                    new Report(this.plan, machine, scenes, rounds.samples(), this.missing).write(this.folder);
                }
            }
            System.out.println(Files.readString(this.folder.resolve("result.md")));
            assertThat(rounds.samples().stream().filter((sample) -> !sample.valid()).map(Sample::title).distinct())
                .as("copies that are no result")
                .isEmpty();
        }
        finally {
            subjects.forEach(Subject::close);
        }
    }

    private @Nullable Toxiproxy toxiproxy() throws IOException {
        String program = this.plan.program("toxiproxy").orElse("");
        return program.isEmpty() ? null : new Toxiproxy(Path.of(program));
    }

    private List<Line> lines(@Nullable Toxiproxy proxy) {
        if (this.plan.lines().stream().anyMatch(Line::proxied) && proxy == null) {
            this.missing.add("toxiproxy, and with it the slow lines");
        }
        return this.plan.lines().stream().filter((line) -> !line.proxied() || proxy != null).toList();
    }

    private List<Subject> subjects() throws IOException {
        List<Subject> subjects = new ArrayList<>();
        for (String name : this.plan.subjects()) {
            switch (name) {
                case "drayage" -> subjects.add(warm());
                case "drayage-fresh" -> subjects.add(new FreshDrayage(PROGRAM, this.folder.resolve("fresh")));
                case "drayage-copy" -> subjects.add(CommandLineTools.drayageCopy(PROGRAM));
                case "crane", "regsync", "skopeo" -> peer(name, subjects);
                default -> throw new IllegalArgumentException("nothing is known of " + name);
            }
        }
        return subjects;
    }

    private void peer(String name, List<Subject> subjects) {
        String program = this.plan.program(name).orElse("");
        if (program.isEmpty()) {
            this.missing.add(name);
            return;
        }
        subjects.add(switch (name) {
            case "crane" -> CommandLineTools.crane(program);
            case "regsync" -> CommandLineTools.regsync(program);
            default -> CommandLineTools.skopeo(program);
        });
    }

    /** The service after a few executions of another policy. */
    private Subject warm() throws IOException {
        Path home = this.folder.resolve("home");
        FileSystemUtils.deleteRecursively(home);
        Subject warm = new WarmDrayage(new Service(PROGRAM, home));
        Plan once = new Plan(List.of(), List.of(), List.of(), List.of(), 0, 100, this.plan.tools());
        new Rounds(once, this.data, null).play(Corpus.WARM_UP, Line.PLAIN, List.of(warm));
        return warm;
    }

}
