package cli.registry;

import java.util.concurrent.Callable;

import cli.copy.Place;
import cli.copy.Side;
import cli.shared.Exit;
import oci.ContentTarget;
import oci.model.NameGrammar;
import oci.model.RawManifest;
import oci.model.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drayage tag}. */
@Command(name = "tag", description = "Gives an image another tag in its repository; one that is there moves.")
@SuppressWarnings("NullAway.Init")
public final class TagCommand implements Callable<Integer> {

    @Mixin
    private RegistryOptions options;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "registry.example/repository:tag, …@sha256:…")
    private String image;

    @Parameters(index = "1", paramLabel = "TAG", description = "the other tag")
    private String tag;

    @Override
    public Integer call() {
        Place place = this.options.image(this.image);
        if (!NameGrammar.isTag(this.tag)) {
            throw this.options.usage("\"%s\" is no tag".formatted(this.tag));
        }
        try (Side side = this.options.open(place)) {
            StopSignal stop = new StopSignal();
            RawManifest manifest = side.content().source(place.repository(), stop).manifest(place.reference());
            ContentTarget repository = side.content().target(place.repository(), stop);
            boolean there = repository.head(this.tag)
                .filter((found) -> found.digest().equals(manifest.digest()))
                .isPresent();
            if (!there) {
                repository.put(manifest, this.tag);
            }
            System.out.println("%s %s %s".formatted(there ? "unchanged" : "tagged",
                    place.at(place.repository(), this.tag), manifest.digest()));
        }
        return Exit.OK;
    }

}
