package adapters.layout;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import replication.Refusal;

/** The URL of a folder of layouts. */
record LayoutUrl(URI url) {

    /**
     * The folder that the URL names.
     * @throws Refusal.Invalid if it does not lie in the root
     */
    Confined below(Path root) {
        Path named = path(root);
        if (StreamSupport.stream(named.spliterator(), false).anyMatch((part) -> part.toString().equals(".."))) {
            throw invalid("it must not hold ..");
        }
        Path folder = named.normalize();
        try {
            return new Confined(new Confined(root).inside(folder));
        }
        catch (Confined.Escape ex) {
            throw invalid(ex.getMessage());
        }
    }

    private Path path(Path root) {
        String path = (this.url.getPath() != null) ? this.url.getPath() : this.url.getSchemeSpecificPart();
        try {
            return switch (String.valueOf(this.url.getScheme()).toLowerCase(Locale.ROOT)) {
                case "layout" -> root.resolve(relative(path));
                case "file" -> absolute(path);
                default -> throw invalid("its scheme must be layout or file");
            };
        }
        catch (InvalidPathException ex) {
            throw invalid(ex.getMessage());
        }
    }

    private Path relative(String path) {
        if (path.startsWith("/")) {
            throw invalid("after layout: a folder relative to the allowed one is expected");
        }
        return Path.of(path);
    }

    private Path absolute(String path) {
        String host = this.url.getAuthority();
        if (!path.startsWith("/") || (host != null && !host.isEmpty() && !host.equals("localhost"))) {
            throw invalid("after file:// an absolute folder of this machine is expected");
        }
        return Path.of(path);
    }

    private Refusal.Invalid invalid(@Nullable String why) {
        return new Refusal.Invalid("url",
                "the layout's URL %s cannot be served: %s; it is written layout:relative/folder or file:///absolute/folder"
                    .formatted(this.url, why));
    }

}
