package transfer.image;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RawManifest;

/**
 * A manifest with what has to be copied for it.
 *
 * @param blobs its own, without those of its children
 * @param children the manifests it lists, but those that are in place
 */
record ImageTree(RawManifest raw, List<Descriptor> blobs, List<ImageTree> children) {

    /** All blobs, each once; the largest first, as it takes longest. */
    List<Descriptor> allBlobs() {
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        gather(found);
        return found.values().stream().sorted(Comparator.comparingLong(Descriptor::size).reversed()).toList();
    }

    private void gather(Map<Digest, Descriptor> found) {
        this.blobs.forEach((blob) -> found.putIfAbsent(blob.digest(), blob));
        this.children.forEach((child) -> child.gather(found));
    }

}
