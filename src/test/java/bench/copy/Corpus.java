package bench.copy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import fixtures.Images;
import oci.ContentRegistry;
import oci.ContentTarget;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.StopSignal;

/**
 * What is copied: repositories with tags, each of which is an image with a config of its
 * own.
 *
 * @param layers of each image
 * @param common how many of them all images share
 * @param layerSize in bytes
 */
record Corpus(String name, int repositories, int tags, int layers, int common, long layerSize) {

    private static final long KIB = 1024;

    private static final long MIB = 1024 * KIB;

    /** What the service copies before it counts as warm. */
    static final Corpus WARM_UP = new Corpus("warm-up", 20, 50, 2, 0, 64 * KIB);

    static final List<Corpus> ALL = List.of(new Corpus("big", 2, 2, 1, 0, 256 * MIB),
            new Corpus("small", 20, 5, 4, 0, 512 * KIB), new Corpus("tags", 1, 500, 2, 0, 4 * KIB),
            new Corpus("shared", 10, 10, 6, 5, 4 * MIB), new Corpus("huge", 1, 1, 1, 0, 4096 * MIB),
            new Corpus("one", 1, 1, 1, 0, 4 * KIB));

    /** The same with layers of so many percent of their size. */
    Corpus scaled(int percent) {
        return new Corpus(this.name, this.repositories, this.tags, this.layers, this.common,
                Math.max(64, this.layerSize * percent / 100));
    }

    List<String> repositoryNames() {
        // Without a slash: skopeo sync keeps only what follows the last one.
        return IntStream.range(0, this.repositories)
            .mapToObj((repository) -> String.format(Locale.ROOT, "%s-%02d", this.name, repository))
            .toList();
    }

    int images() {
        return this.repositories * this.tags;
    }

    /** Of all layers, each counted once. */
    long bytes() {
        return (this.common + (long) images() * (this.layers - this.common)) * this.layerSize;
    }

    /**
     * The fewest requests at the source: a list a repository, a manifest an image, and
     * each blob once where anything is new.
     */
    int sourceFloor(State state) {
        return this.repositories + images() + ((state == State.COLD) ? blobs() : 0);
    }

    /**
     * The fewest at the destination: a list a repository; of what is new, two requests a
     * blob, a mount for each further repository that has it, and a manifest an image;
     * otherwise a look at each image.
     */
    int destinationFloor(State state) {
        int mounts = this.common * (this.repositories - 1);
        return this.repositories + images() + ((state == State.COLD) ? 2 * blobs() + mounts : 0);
    }

    /** Each counted once; every image has a config of its own. */
    private int blobs() {
        return this.common + images() * (this.layers - this.common + 1);
    }

    /** Brings it into an empty registry; returns every tag with its digest. */
    Map<String, String> fill(ContentRegistry registry) {
        Map<Layer, Descriptor> known = new HashMap<>();
        Map<String, String> digests = new TreeMap<>();
        int image = 0;
        for (String repository : repositoryNames()) {
            ContentTarget target = registry.target(repository, new StopSignal());
            for (int tag = 0; tag < this.tags; tag++) {
                String name = String.format(Locale.ROOT, "v%03d", tag);
                digests.put(repository + ":" + name, push(target, name, image++, known));
            }
        }
        return digests;
    }

    private String push(ContentTarget target, String tag, int image, Map<Layer, Descriptor> known) {
        List<Descriptor> listed = new ArrayList<>();
        for (int place = 0; place < this.layers; place++) {
            // Of an image's own, or by its place alone.
            Layer layer = new Layer((place < this.common) ? place : 1000L * (image + 1) + place, this.layerSize);
            Descriptor descriptor = known.computeIfAbsent(layer, Layer::descriptor);
            if (place >= this.common || !target.has(descriptor)) {
                target.upload(descriptor).send(layer.content());
            }
            listed.add(descriptor);
        }
        byte[] config = config(image, listed);
        Descriptor described = new Descriptor(Images.CONFIG, Digest.sha256(config), config.length);
        target.upload(described).send(new ByteArrayInputStream(config));
        RawManifest manifest = Images.manifest(MediaTypes.OCI_IMAGE, "\"config\":%s,\"layers\":[%s]"
            .formatted(Images.json(described), listed.stream().map(Images::json).collect(Collectors.joining(","))));
        target.put(manifest, tag);
        return manifest.digest().toString();
    }

    private byte[] config(int image, List<Descriptor> layers) {
        String unpacked = layers.stream().map((layer) -> "\"" + layer.digest() + "\"").collect(Collectors.joining(","));
        return """
                {"architecture":"amd64","os":"linux","config":{"Labels":{"image":"%s-%d"}},\
                "rootfs":{"type":"layers","diff_ids":[%s]}}""".formatted(this.name, image, unpacked)
            .getBytes(StandardCharsets.UTF_8);
    }

}
