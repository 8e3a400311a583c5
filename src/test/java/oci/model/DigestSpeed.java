package oci.model;

import java.util.concurrent.TimeUnit;

import fixtures.Images;
import oci.manifest.ManifestReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is read of every tag and manifest. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DigestSpeed {

    private final RawManifest manifest = Images.image(1, 10, 10, 10, 10, 10, 10).manifest();

    private final String digest = this.manifest.digest().toString();

    @Benchmark
    public Digest parse_a_digest() {
        return Digest.parse(this.digest);
    }

    @Benchmark
    public Manifest read_a_manifest_of_six_layers() {
        return ManifestReader.read(this.manifest);
    }

}
