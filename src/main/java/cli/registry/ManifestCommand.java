package cli.registry;

import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;

import cli.copy.Place;
import cli.copy.Side;
import cli.shared.Exit;
import cli.shared.Shown;
import oci.ContentSource;
import oci.Platform;
import oci.manifest.PlatformSource;
import oci.model.RawManifest;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drayage manifest}. */
@Command(name = "manifest",
        description = "Prints a manifest, byte for byte unless it goes to a terminal, where control characters are escaped.")
@SuppressWarnings("NullAway.Init")
public final class ManifestCommand implements Callable<Integer> {

    @Mixin
    private RegistryOptions options;

    @Parameters(paramLabel = "IMAGE", description = "registry.example/repository:tag, …@sha256:…")
    private String image;

    @Option(names = "--platform", paramLabel = "OS/ARCH[/VARIANT]",
            description = "of an index, the manifest of the image for this platform")
    private @Nullable String platform;

    @Override
    public Integer call() {
        Place place = this.options.image(this.image);
        try (Side side = this.options.open(place)) {
            ContentSource repository = side.content().source(place.repository(), new StopSignal());
            print(((this.platform != null) ? new PlatformSource(repository, platform(this.platform)) : repository)
                .manifest(place.reference()));
        }
        return Exit.OK;
    }

    private Platform platform(String text) {
        try {
            return Platform.parse(text);
        }
        catch (IllegalArgumentException ex) {
            throw this.options.usage("--platform: " + ex.getMessage());
        }
    }

    private static void print(RawManifest manifest) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
            System.out.println(Shown.json(new String(manifest.bytes(), StandardCharsets.UTF_8)));
        }
        else {
            System.out.write(manifest.bytes(), 0, manifest.bytes().length);
        }
    }

}
