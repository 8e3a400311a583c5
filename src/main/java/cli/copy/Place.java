package cli.copy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The source or destination of a copy, as a user writes it.
 */
public sealed interface Place {

    /** The default tag, as in Docker. */
    String LATEST = "latest";

    /** Other transports of skopeo and podman, which are refused. */
    Set<String> ELSEWHERE = Set.of("dir", "docker-archive", "docker-daemon", "oci-archive", "containers-storage",
            "ostree", "sif", "tarball");

    /** The repository; empty if it was not given. */
    String repository();

    /** A tag or digest; empty if neither was given. */
    String reference();

    /** The same place with another repository and reference. */
    Place at(String repository, String reference);

    /**
     * Reads {@code registry.example/lib/app:v1}, {@code …@sha256:…}, a short name of
     * Docker Hub, {@code oci://registry.example/charts/app:1.0},
     * {@code layout:/folder:repository:tag} or {@code oci:/folder:tag}.
     * @throws IllegalArgumentException if it is none of these; the message says why
     */
    static Place parse(String text) {
        int colon = text.indexOf(':');
        String scheme = (colon < 0) ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        boolean authority = rest.startsWith("//");
        String behind = authority ? rest.substring(2) : rest;
        return switch (scheme) {
            case "layout" -> Layout.below(folder(rest, text), text);
            // Helm writes registries with slashes, skopeo writes folders without.
            case "oci" -> authority ? Remote.addressed(behind, text) : Layout.single(rest, text);
            case "ocidir" -> Layout.single(behind, text);
            case "docker" -> Remote.parse(behind, text);
            case "http" -> throw new IllegalArgumentException(
                    "%s: leave http:// out and give --insecure-http if a registry has no TLS"
                        .formatted(Remote.withoutLogin(text)));
            case "https" -> authority ? Remote.addressed(behind, text) : Remote.parse(text, text);
            // A host may have such a name, but then a port follows.
            case String kind when authority || (ELSEWHERE.contains(kind) && !rest.matches("\\d+/.*")) ->
                throw new IllegalArgumentException(
                        "%s: %s: is not supported; for files there is layout:/folder:repository:tag"
                            .formatted(Remote.withoutLogin(text), kind));
            default -> Remote.parse(text, text);
        };
    }

    /**
     * The same or a whole registry, such as {@code registry.example} or
     * {@code localhost:5000}, with an empty repository.
     */
    static Place parseWhole(String text) {
        boolean host = !text.contains("/")
                && (text.equals("localhost") || text.contains(".") || text.matches("[^:@]+:\\d+"))
                && text.matches("[A-Za-z0-9.-]+(:\\d+)?|\\[[0-9A-Fa-f:.]+\\](:\\d+)?");
        return host ? new Remote(text, "", "") : parse(text);
    }

    private static String folder(String rest, String text) {
        if (rest.startsWith("//") && !rest.startsWith("///")) {
            throw new IllegalArgumentException(
                    "%s: a folder is written layout:/folder or layout:folder".formatted(text));
        }
        return rest;
    }

    /**
     * A repository of a registry.
     *
     * @param registry host and perhaps port
     */
    record Remote(String registry, String repository, String reference) implements Place {

        public static final String DOCKER_HUB = "docker.io";

        private static final Pattern NAME = Pattern.compile("[^\\s?#\\\\\\p{Cntrl}]+");

        private static final List<String> HUB_NAMES = List.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io");

        /**
         * A name as in Docker: if its first part does not look like a host, it is in
         * Docker Hub.
         */
        private static Remote parse(String name, String text) {
            int slash = name.indexOf('/');
            String first = (slash < 0) ? "" : name.substring(0, slash);
            boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
            return host ? addressed(name, text) : of(DOCKER_HUB, name, text);
        }

        /** A name whose first part is always the host. */
        private static Remote addressed(String name, String text) {
            int slash = name.indexOf('/');
            if (slash <= 0) {
                throw new IllegalArgumentException(
                        "\"%s\" names no image of a registry; it is written registry.example/repository:tag, and a folder oci:/folder:tag or layout:/folder"
                            .formatted(withoutLogin(text)));
            }
            return of(name.substring(0, slash), name.substring(slash + 1), text);
        }

        private static Remote of(String registry, String path, String text) {
            int at = path.indexOf('@');
            // A password with a slash extends beyond the host.
            if (registry.contains("@") || (at >= 0 && !Reference.isDigest(path.substring(at + 1)))) {
                throw new IllegalArgumentException(
                        "%s: a name has no login; --src-creds and --dest-creds take it".formatted(withoutLogin(text)));
            }
            Reference reference = Reference.last(path);
            boolean whole = Stream.of(reference.before().split("/", -1)).noneMatch(String::isEmpty);
            if (!whole || !NAME.matcher(registry + path).matches()) {
                throw new IllegalArgumentException(
                        "\"%s\" names no image; it is written registry.example/repository:tag".formatted(text));
            }
            boolean hub = HUB_NAMES.contains(registry);
            String repository = (hub && !reference.before().contains("/")) ? "library/" + reference.before()
                    : reference.before();
            return new Remote(hub ? DOCKER_HUB : registry, repository, reference.text());
        }

        /**
         * The text for messages; a part before an @ that begins no digest may be a
         * password.
         */
        private static String withoutLogin(String text) {
            return text.replaceFirst("(?s)^([\\w+.-]+://)?.*@(?!sha\\d+:)", "$1");
        }

        @Override
        public Remote at(String repository, String reference) {
            return new Remote(this.registry, repository, reference);
        }

        boolean hub() {
            return this.registry.equals(DOCKER_HUB);
        }

        /** Whether it is this machine, which is called without TLS. */
        boolean local() {
            String host = this.registry.replaceFirst(":\\d+$", "");
            return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
        }

        @Override
        public String toString() {
            return this.registry + "/" + Reference.join(this.repository, this.reference);
        }

    }

    /**
     * An OCI image layout.
     *
     * @param folder holds layouts, each named by its path below the folder
     */
    record Layout(Path folder, String repository, String reference) implements Place {

        @Override
        public Layout at(String repository, String reference) {
            return new Layout(this.folder, repository, reference);
        }

        /** {@code folder[:repository[:tag]]}. */
        private static Layout below(String rest, String text) {
            int colon = rest.indexOf(':');
            if (colon < 0) {
                return new Layout(path(rest, text), "", "");
            }
            Reference reference = Reference.first(rest.substring(colon + 1));
            return new Layout(path(rest.substring(0, colon), text), reference.before(), reference.text());
        }

        /** {@code folder[:tag]}, as skopeo and crane write it. */
        private static Layout single(String rest, String text) {
            Reference reference = Reference.first(rest);
            Path folder = path(reference.before(), text);
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalArgumentException("%s: the root folder cannot be a layout".formatted(text));
            }
            return new Layout(parent, String.valueOf(folder.getFileName()), reference.text());
        }

        private static Path path(String folder, String text) {
            if (folder.isEmpty()) {
                throw new IllegalArgumentException("%s: a folder is missing, as in layout:/folder".formatted(text));
            }
            try {
                return Path.of(folder).toAbsolutePath().normalize();
            }
            catch (InvalidPathException ex) {
                throw new IllegalArgumentException("%s: %s".formatted(text, ex.getMessage()), ex);
            }
        }

        @Override
        public String toString() {
            return "layout:" + this.folder
                    + (this.repository.isEmpty() ? "" : ":" + Reference.join(this.repository, this.reference));
        }

    }

    /** The tag or digest at the end of a name. */
    record Reference(String before, String text) {

        /** A digest takes precedence over a tag before it. */
        static Reference last(String name) {
            int at = name.indexOf('@');
            if (at >= 0) {
                return new Reference(last(name.substring(0, at)).before(), name.substring(at + 1));
            }
            int colon = name.lastIndexOf(':');
            return (colon > name.lastIndexOf('/')) ? new Reference(name.substring(0, colon), name.substring(colon + 1))
                    : new Reference(name, "");
        }

        /** The reference of a layout's image, which may be a whole name with colons. */
        static Reference first(String name) {
            int digest = name.lastIndexOf('@');
            if (digest >= 0 && isDigest(name.substring(digest + 1))) {
                return new Reference(first(name.substring(0, digest)).before(), name.substring(digest + 1));
            }
            int colon = name.indexOf(':');
            return (colon < 0) ? new Reference(name, "")
                    : new Reference(name.substring(0, colon), name.substring(colon + 1));
        }

        /** The tag at the end of a whole name; a tag or a digest is returned as it is. */
        static String tagOf(String reference) {
            if (isDigest(reference) || !(reference.contains("/") || reference.contains(":"))) {
                return reference;
            }
            String tag = last(reference).text();
            return tag.isEmpty() ? LATEST : tag;
        }

        public static boolean isDigest(String reference) {
            return reference.matches("sha\\d+:.*");
        }

        static String join(String repository, String reference) {
            if (reference.isEmpty()) {
                return repository;
            }
            return repository + (isDigest(reference) ? "@" : ":") + reference;
        }

    }

}
