package cli.copy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import cli.shared.CommandFailed;
import oci.model.StopSignal;
import replication.registry.RegistryCredential;

/** The images of a layout that is the source. */
final class LayoutImages {

    /** The most tags that a message names. */
    private static final int NAMED = 5;

    private LayoutImages() {
    }

    /**
     * Checks that a folder is a layout.
     * @throws CommandFailed if not; the message names the missing file
     */
    static void check(Place.Layout layout) {
        Path folder = layout.folder().resolve(layout.repository());
        Stream.of("index.json", "oci-layout")
            .filter((name) -> !Files.exists(folder.resolve(name)))
            .findFirst()
            .ifPresent((name) -> {
                throw new CommandFailed(
                        "copy %s: %s is no OCI image layout, it has no file %s".formatted(layout, folder, name));
            });
    }

    /**
     * The tag of an image that was given without one: latest, or the only tag.
     */
    static String impliedTag(Place.Layout layout) {
        List<String> tags = tags(layout);
        if (tags.contains(Place.LATEST) || tags.isEmpty()) {
            return Place.LATEST;
        }
        if (tags.size() == 1) {
            return tags.getFirst();
        }
        throw new CommandFailed("copy %s: which tag? It has %s%s".formatted(layout,
                String.join(", ", tags.subList(0, Math.min(NAMED, tags.size()))), (tags.size() > NAMED) ? ", …" : ""));
    }

    private static List<String> tags(Place.Layout layout) {
        try (Side side = Side.open(1, layout, new Side.Security(false, false, null), (_) -> RegistryCredential.NONE);
                Stream<String> tags = side.content().source(layout.repository(), new StopSignal()).tags()) {
            return tags.toList();
        }
    }

}
