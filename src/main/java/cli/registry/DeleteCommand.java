package cli.registry;

import java.util.concurrent.Callable;

import cli.copy.Place;
import cli.copy.Side;
import cli.shared.CommandFailed;
import cli.shared.Exit;
import oci.model.Digest;
import oci.model.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drayage delete}. */
@Command(name = "delete",
        description = "Deletes a tag. Other tags of the same image stay: where the registry would take them along, nothing is deleted.")
@SuppressWarnings("NullAway.Init")
public final class DeleteCommand implements Callable<Integer> {

    @Mixin
    private RegistryOptions options;

    @Parameters(paramLabel = "IMAGE", description = "registry.example/repository:tag")
    private String image;

    @Override
    public Integer call() {
        Place place = this.options.image(this.image);
        if (!this.image.endsWith(":" + place.reference())) {
            throw this.options.usage("%s: which tag? What is deleted is given with its tag".formatted(this.image));
        }
        if (Digest.isDigest(place.reference())) {
            throw this.options
                .usage("%s: a digest may have several tags; give the tag that is to be deleted".formatted(this.image));
        }
        try (Side side = this.options.open(place)) {
            StopSignal stop = new StopSignal();
            Digest digest = side.content().source(place.repository(), stop).manifest(place.reference()).digest();
            side.content().target(place.repository(), stop).delete(place.reference(), digest).ifPresent((why) -> {
                throw new CommandFailed("delete %s: %s".formatted(place, why));
            });
            System.out.println("deleted %s %s".formatted(place, digest));
        }
        return Exit.OK;
    }

}
