package bench.copy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * From where to where a corpus is copied, as tools are told.
 *
 * @param authorities a file of certificates to trust, where there is TLS
 * @param folder for what a tool writes
 */
record Route(Corpus corpus, Line line, Ground source, Ground destination, Optional<Path> authorities, Path folder) {
}
