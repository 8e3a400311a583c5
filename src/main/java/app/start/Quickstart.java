package app.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import replication.policy.Policies;
import replication.policy.Policy;
import replication.policy.PolicyEditor;
import replication.policy.Scheduling;
import replication.registry.Registries;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import replication.registry.RegistryEditor;
import replication.registry.RegistryEditor.Insistence;

/**
 * Sets up the sample that ships with Drayage: a folder of layouts, two registries and a
 * policy. What exists already stays as it is.
 */
public final class Quickstart {

    private static final String NAME = "quickstart";

    private static final String RESOURCES = "classpath*:quickstart/**/*";

    private final Path root;

    private final Registries registries;

    private final RegistryEditor registryEditor;

    private final Policies policies;

    private final PolicyEditor policyEditor;

    public Quickstart(Path layoutRoot, Registries registries, RegistryEditor registryEditor, Policies policies,
            PolicyEditor policyEditor) {
        this.root = layoutRoot.resolve(NAME);
        this.registries = registries;
        this.registryEditor = registryEditor;
        this.policies = policies;
        this.policyEditor = policyEditor;
    }

    Policy setUp() {
        unpack();
        return this.policies.named(NAME)
            .orElseGet(() -> this.policyEditor.create(policy(registry("source"), registry("destination"))));
    }

    private long registry(String side) {
        String name = NAME + "-" + side;
        return this.registries.named(name)
            .map(Registries.RegistryRecord::registry)
            .orElseGet(() -> this.registryEditor
                .create(new Registry(0, name, "The sample that ships with Drayage", "layout",
                        URI.create("layout:" + NAME + "/" + side), false, RegistryCredential.NONE, null, null, 0),
                        Insistence.FORCE)
                .registry())
            .id();
    }

    private static Policy policy(long source, long destination) {
        return new Policy(0, NAME, "Copies the sample from one folder of layouts to another",
                Policy.Authorship.of("drayage"), new Policy.Source(source, List.of()),
                new Policy.Destination(destination, ""), Policy.Selection.EVERYTHING, List.of(),
                Policy.Behaviour.DEFAULT, true, Scheduling.DEFAULT);
    }

    private void unpack() {
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources(RESOURCES)) {
                String url = resource.getURL().toString();
                if (resource.isReadable() && !url.endsWith("/")) {
                    unpack(resource, url.substring(url.lastIndexOf("/" + NAME + "/") + NAME.length() + 2));
                }
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException("cannot unpack the sample into " + this.root, ex);
        }
    }

    private void unpack(Resource resource, String relative) throws IOException {
        Path file = this.root.resolve("source").resolve(relative);
        if (Files.exists(file)) {
            return;
        }
        Files.createDirectories(file.resolveSibling(""));
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try (InputStream content = resource.getInputStream()) {
            Files.copy(content, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

}
