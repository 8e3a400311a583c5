package adapters.layout;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds the layouts below a folder with one open folder a level. It neither enters a
 * layout's blobs nor follows symbolic links.
 */
final class RepositoryWalk extends Spliterators.AbstractSpliterator<String> implements AutoCloseable {

    private final Deque<Level> levels = new ArrayDeque<>();

    private final Path root;

    private final Iterator<String> starts;

    private RepositoryWalk(Path root, List<String> starts) {
        super(Long.MAX_VALUE, Spliterator.DISTINCT | Spliterator.NONNULL);
        this.root = root;
        this.starts = starts.iterator();
    }

    /**
     * The repositories below some folders of a root; no folder may be within another.
     * @param starts the folders' names; the root's name is empty
     */
    static Stream<String> below(Path root, List<String> starts) {
        RepositoryWalk walk = new RepositoryWalk(root, starts);
        return StreamSupport.stream(walk, false).onClose(walk::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super String> action) {
        while (!this.levels.isEmpty() || this.starts.hasNext()) {
            if (this.levels.isEmpty()) {
                String start = this.starts.next();
                enter(this.root.resolve(start), start);
                continue;
            }
            Level level = this.levels.getLast();
            Optional<Path> folder = next(level);
            if (folder.isEmpty()) {
                this.levels.removeLast().close();
                continue;
            }
            String name = level.name(folder.get());
            if (!RepositoryName.allows(name) || !Files.isDirectory(folder.get(), LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            enter(folder.get(), name);
            if (Files.exists(RepositoryFolder.marker(folder.get()))) {
                action.accept(name);
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("StreamResourceLeak") // closed with its level
    private void enter(Path folder, String name) {
        try {
            DirectoryStream<Path> open = Files.newDirectoryStream(folder);
            this.levels.addLast(new Level(open, open.iterator(), name));
        }
        catch (NoSuchFileException _) {
            // A folder that does not exist has no repositories.
        }
        catch (IOException ex) {
            throw LayoutFailure.of("list repositories in " + folder, ex);
        }
    }

    private static Optional<Path> next(Level level) {
        try {
            return level.folders().hasNext() ? Optional.of(level.folders().next()) : Optional.empty();
        }
        catch (DirectoryIteratorException ex) {
            throw LayoutFailure.of("list repositories in " + level.prefix(), new IOException(ex));
        }
    }

    @Override
    public void close() {
        this.levels.forEach(Level::close);
        this.levels.clear();
    }

    private record Level(DirectoryStream<Path> open, Iterator<Path> folders, String prefix) {

        String name(Path folder) {
            return (this.prefix.isEmpty() ? "" : this.prefix + "/") + folder.getFileName();
        }

        void close() {
            try {
                this.open.close();
            }
            catch (IOException ex) {
                throw LayoutFailure.of("list repositories in " + this.prefix, ex);
            }
        }

    }

}
