package transfer.filter;

import java.util.function.Function;

import oci.manifest.ManifestReader;
import oci.model.RawManifest;
import replication.policy.FilterKind;
import replication.policy.Glob;

/** Manifests whose type a glob matches, such as {@code application/vnd.cncf.helm.**}. */
public final class TypeFilter implements FilterKind {

    private final String id;

    private final Function<RawManifest, String> type;

    private TypeFilter(String id, Function<RawManifest, String> type) {
        this.id = id;
        this.type = type;
    }

    /**
     * By the type of the artifact: what the manifest names as such or, naming none, the
     * media type of its config (OCI image specification, manifest.md).
     */
    public static TypeFilter ofArtifacts() {
        return new TypeFilter("artifact_type", ManifestReader::artifactType);
    }

    /** By the manifest's own media type. */
    public static TypeFilter ofMedia() {
        return new TypeFilter("media_type", RawManifest::mediaType);
    }

    @Override
    public String id() {
        return this.id;
    }

    @Override
    public Match read(String value) {
        Glob glob = Glob.of(value);
        return new ContentMatch((manifest) -> glob.matches(this.type.apply(manifest)));
    }

}
