package transfer;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import adapters.layout.LayoutAdapter;
import fixtures.Image;
import fixtures.Images;
import oci.ContentRegistry;
import oci.ContentTarget;
import oci.model.MediaTypes;
import oci.model.StopSignal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import replication.registry.Registry;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;

/** From one disk to another, through real files. */
@SuppressWarnings("NullAway.Init")
class LayoutTransferTest {

    @TempDir
    Path folder;

    private ContentRegistry source;

    private ContentRegistry destination;

    private Copying copying;

    @BeforeEach
    void open() {
        this.source = connect("layout:from");
        this.destination = connect("layout:to");
        this.copying = new Copying(this.source, this.destination);
    }

    @Test
    void of_a_foreign_layer_only_the_bytes_stay_away() throws Exception {
        Image image = Images.withLayer(1, MediaTypes.OCI_IMAGE,
                "application/vnd.oci.image.layer.nondistributable.v1.tar", "https://mcr.example/layer");
        image.pushTo(this.source.target("lib/app", new StopSignal()), "v1");
        assertThat(this.copying.one("lib/app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(files("from")).hasSize(files("to").size() + 1);
    }

    @Test
    void copies_images_indexes_and_artifacts_and_finds_them_unchanged() throws Exception {
        Image index = Images.twoPlatforms(1, 300_000);
        index.pushTo(this.source.target("lib/app", new StopSignal()), "v1");
        Images.artifact("application/vnd.example", index.descriptor())
            .pushTo(this.source.target("lib/app", new StopSignal()), "v1.sbom");
        Images.buildCache(2, Images.LAYER).pushTo(this.source.target("lib/app", new StopSignal()), "cache");
        Images.buildCache(3, "application/vnd.example").pushTo(this.source.target("lib/app", new StopSignal()), "odd");
        assertThat(this.copying.all("lib/app")).hasSize(4)
            .allMatch((outcome) -> outcome.result() == Outcome.Result.COPIED);
        assertThat(files("to")).containsExactlyElementsOf(files("from"));
        try (RepositoryCopy again = this.copying.open("lib/app", "lib/app")) {
            assertThat(again.changes().hasNext()).isFalse();
            assertThat(again.unchanged()).isEqualTo(4);
        }
    }

    @Test
    void a_tag_that_somebody_has_set_anew_is_not_deleted() {
        Image image = Images.image(1, 100);
        Image other = Images.image(2, 100);
        ContentTarget target = this.destination.target("lib/app", new StopSignal());
        other.pushTo(target, "v1");
        assertThat(target.delete("v1", image.digest()))
            .hasValueSatisfying((reason) -> assertThat(reason).contains(other.digest().toString()));
        assertThat(target.tags()).containsExactly("v1");
        assertThat(target.delete("v1", other.digest())).isEmpty();
        assertThat(target.tags()).isEmpty();
    }

    @Test
    void a_layout_that_has_lost_a_manifest_s_file_costs_no_copy_of_it() throws Exception {
        Image lost = Images.image(1, 100);
        for (Image image : List.of(lost, Images.image(2, 100))) {
            image.pushTo(this.source.target("lib/app", new StopSignal()), "v" + image.digest().hex().charAt(0));
        }
        Put put = new Put();
        this.copying.all("lib/app").forEach((outcome) -> put.tags.put(outcome.reference(), outcome.digest()));
        Files.delete(this.folder.resolve("from/lib/app/blobs/sha256").resolve(lost.digest().hex()));
        this.copying.carryingDeletions(put).all("lib/app");
        assertThat(this.destination.target("lib/app", new StopSignal()).tags()).hasSize(2);
        this.source.target("lib/app", new StopSignal()).delete("v" + lost.digest().hex().charAt(0), lost.digest());
        assertThat(this.copying.one("lib/app").result()).isEqualTo(Outcome.Result.DELETED);
    }

    @Test
    void links_blobs_that_another_repository_has() throws Exception {
        Image image = Images.image(1, 300_000);
        image.pushTo(this.source.target("one", new StopSignal()), "v1");
        image.pushTo(this.source.target("two", new StopSignal()), "v1");
        this.copying.one("one");
        assertThat(this.copying.one("two").bytes()).isZero();
        String layer = image.blobs().keySet().stream().skip(1).findFirst().orElseThrow().digest().hex();
        assertThat(this.folder.resolve("to/two/blobs/sha256").resolve(layer)).satisfies(
                (link) -> assertThat(Files.isSameFile(link, this.folder.resolve("to/one/blobs/sha256").resolve(layer)))
                    .isTrue());
    }

    private List<String> files(String root) throws Exception {
        Path blobs = this.folder.resolve(root).resolve("lib/app/blobs");
        try (Stream<Path> files = Files.walk(blobs)) {
            return files.filter(Files::isRegularFile)
                .map((file) -> blobs.relativize(file).toString())
                .sorted()
                .toList();
        }
    }

    private ContentRegistry connect(String url) {
        return new LayoutAdapter(this.folder).connect(
                new Registry(1, "disk", "", "layout", URI.create(url), false, RegistryCredential.NONE, null, null, 0));
    }

}
