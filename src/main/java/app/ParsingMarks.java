package app;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import oci.limits.AnswerMarks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.registry.Registries;

/**
 * Which registries' answers this node was parsing when its previous process ran out of
 * memory. Their ids stand in a small memory-mapped file, which outlives the process
 * however it ends. A second file, named after the process' number and made by Java's
 * {@code OnOutOfMemoryError}, says that memory was the cause: without it, such as after a
 * kill, no registry is suspected.
 */
final class ParsingMarks implements AnswerMarks {

    /**
     * Made by the option that the scripts and the image start Java with; the number
     * follows.
     */
    static final String EVIDENCE = "out-of-memory.";

    static final String MARKS = "parsing";

    private static final Logger LOG = LoggerFactory.getLogger(ParsingMarks.class);

    /** How many answers are marked at once; more are not. */
    private static final int SLOTS = 256;

    /** With more suspects than this, none is put in quarantine. */
    private static final int FEW = 3;

    private final Set<Long> suspects;

    private final MappedByteBuffer marks;

    private final Queue<Integer> free = new ConcurrentLinkedQueue<>(IntStream.rangeClosed(1, SLOTS).boxed().toList());

    private ParsingMarks(Set<Long> suspects, MappedByteBuffer marks) {
        this.suspects = suspects;
        this.marks = marks;
    }

    /**
     * Reads what the previous process has left, and begins anew.
     * @param home where the files lie
     */
    static ParsingMarks of(Path home) throws IOException {
        Files.createDirectories(home);
        try (FileChannel file = FileChannel.open(home.resolve(MARKS), StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer marks = file.map(FileChannel.MapMode.READ_WRITE, 0, (SLOTS + 1L) * Long.BYTES);
            boolean exhausted = Files.exists(home.resolve(EVIDENCE + marks.getLong(0)));
            deleteEvidence(home);
            marks.putLong(0, ProcessHandle.current().pid());
            Set<Long> left = new TreeSet<>();
            for (int slot = 1; slot <= SLOTS; slot++) {
                long id = marks.getLong(slot * Long.BYTES);
                if (id > 0) {
                    left.add(id);
                }
                marks.putLong(slot * Long.BYTES, 0);
            }
            return new ParsingMarks(exhausted ? left : Set.of(), marks);
        }
    }

    /** Also of commands, which end as other processes with the same options. */
    private static void deleteEvidence(Path home) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home, EVIDENCE + "*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** Reports the suspects to the database, once. */
    void report(Registries registries) {
        if (this.suspects.isEmpty()) {
            return;
        }
        if (this.suspects.size() > FEW) {
            LOG.warn(
                    "this node ran out of memory while it read answers of {} registries; which of them it was is not known",
                    this.suspects.size());
            return;
        }
        LOG.warn("this node ran out of memory while it read answers of the registries {}", this.suspects);
        registries.exhausted(this.suspects);
    }

    @Override
    public Mark parsing(long registryId) {
        @Nullable Integer slot = (registryId > 0) ? this.free.poll() : null;
        if (slot == null) {
            return () -> {
            };
        }
        int at = slot * Long.BYTES;
        this.marks.putLong(at, registryId);
        return () -> {
            this.marks.putLong(at, 0);
            this.free.add(slot);
        };
    }

}
