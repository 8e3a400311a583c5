package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** What a recording of the JDK's flight recorder says, in a few lines. */
final class Profile {

    private static final int LINES = 15;

    private final Map<String, Integer> frames = new HashMap<>();

    private final Map<String, Integer> parts = new HashMap<>();

    private int samples;

    private long heapPeak;

    private long heapAfterCollection;

    static Profile of(Path recording) {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                profile.take(file.readEvent());
            }
        }
        catch (IOException ex) {
            throw new IllegalStateException("read the recording " + recording, ex);
        }
        return profile;
    }

    private void take(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.GCHeapSummary" -> heap(event);
            case "jdk.ExecutionSample" -> sample(event);
            default -> {
            }
        }
    }

    private void heap(RecordedEvent event) {
        long used = event.getLong("heapUsed");
        this.heapPeak = Math.max(this.heapPeak, used);
        if (event.getString("when").startsWith("After")) {
            this.heapAfterCollection = Math.max(this.heapAfterCollection, used);
        }
    }

    private void sample(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return;
        }
        List<RecordedFrame> stack = event.getStackTrace().getFrames();
        this.samples++;
        this.frames.merge(name(stack.getFirst()), 1, Integer::sum);
        this.parts.merge(part(stack), 1, Integer::sum);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    /** Whose the time is: the innermost frame that belongs to one of these. */
    private static String part(List<RecordedFrame> stack) {
        Function<String, String> owner = (type) -> {
            if (type.startsWith("org.postgresql.") || type.startsWith("com.zaxxer.")) {
                return "JDBC driver and pool";
            }
            if (type.startsWith("org.apache.camel.")) {
                return "Camel";
            }
            if (type.startsWith("org.springframework.")) {
                return "Spring";
            }
            if (type.startsWith("com.github.kagkarlsson.")) {
                return "db-scheduler";
            }
            if (type.startsWith("com.fasterxml.")) {
                return "Jackson";
            }
            return type.matches("(app|api|routes|replication|store|transfer|oci|adapters|bench)\\..*") ? "Drayage" : "";
        };
        return stack.stream()
            .map((frame) -> owner.apply(frame.getMethod().getType().getName()))
            .filter((name) -> !name.isEmpty())
            .findFirst()
            .orElse("the JVM's own threads");
    }

    void print() {
        System.out.printf(Locale.ROOT, "heap: peak %d MiB, after a collection at most %d MiB%n", this.heapPeak >> 20,
                this.heapAfterCollection >> 20);
        System.out.printf("%njava samples by part%n");
        top(this.parts);
        System.out.printf("%njava samples by frame%n");
        top(this.frames);
    }

    private void top(Map<String, Integer> counts) {
        counts.entrySet()
            .stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(LINES)
            .forEach((entry) -> System.out.printf(Locale.ROOT, "  %5.1f %%  %s%n",
                    100.0 * entry.getValue() / this.samples, entry.getKey()));
    }

}
