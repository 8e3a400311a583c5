package cli.registry;

import java.util.concurrent.Callable;

import cli.copy.Place;
import cli.copy.Side;
import cli.shared.Exit;
import oci.ContentSource;
import oci.model.Descriptor;
import oci.model.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drayage digest}. */
@Command(name = "digest", description = "Prints the digest that a tag points at.")
@SuppressWarnings("NullAway.Init")
public final class DigestCommand implements Callable<Integer> {

    @Mixin
    private RegistryOptions options;

    @Parameters(paramLabel = "IMAGE", description = "registry.example/repository:tag")
    private String image;

    @Override
    public Integer call() {
        Place place = this.options.image(this.image);
        try (Side side = this.options.open(place)) {
            ContentSource repository = side.content().source(place.repository(), new StopSignal());
            // Where HEAD says that it is not there, GET says why.
            System.out.println(repository.head(place.reference())
                .map(Descriptor::digest)
                .orElseGet(() -> repository.manifest(place.reference()).digest()));
        }
        return Exit.OK;
    }

}
