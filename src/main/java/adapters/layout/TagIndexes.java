package adapters.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reads indexes and keeps the last few, because otherwise each tag's HEAD would parse the
 * whole file again. A changed file is recognised by inode, time and length: it is
 * replaced, never written in place.
 */
final class TagIndexes {

    private static final int REMEMBERED = 16;

    private final Map<Path, Known> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Known> eldest) {
            return size() > REMEMBERED;
        }

    });

    /** The current index; an empty one if there is none. */
    TagIndex read(RepositoryFolder folder) {
        Path file = folder.index();
        try {
            Stamp stamp = Stamp.of(file);
            Known before = this.known.get(file);
            if (before != null && before.stamp().equals(stamp)) {
                return before.index();
            }
            TagIndex index = TagIndex.read(Files.readAllBytes(file));
            this.known.put(file, new Known(stamp, index));
            return index;
        }
        catch (NoSuchFileException _) {
            return TagIndex.EMPTY;
        }
        catch (IOException ex) {
            throw LayoutFailure.of("read tags of layout " + folder.path(), ex);
        }
    }

    private record Known(Stamp stamp, TagIndex index) {
    }

    private record Stamp(String inode, FileTime time, long length) {

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            @Nullable Object key = attributes.fileKey();
            return new Stamp(Objects.toString(key), attributes.lastModifiedTime(), attributes.size());
        }

    }

}
