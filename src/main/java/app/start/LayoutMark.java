package app.start;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Tells whether two nodes see the same folder: a file in it that the first one makes. */
public final class LayoutMark {

    private static final String NAME = ".drayage";

    private LayoutMark() {
    }

    public static String of(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (Files.notExists(file)) {
            try {
                Files.writeString(file, UUID.randomUUID().toString(), StandardOpenOption.CREATE_NEW);
            }
            catch (FileAlreadyExistsException _) {
                // Another node was faster: its mark counts.
            }
        }
        return Files.readString(file);
    }

}
