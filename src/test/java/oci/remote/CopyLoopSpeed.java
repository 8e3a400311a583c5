package oci.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import oci.message.BlobHash;
import oci.message.HashedEntity;
import oci.model.Descriptor;
import oci.model.Digest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a blob costs between its two connections; an operation is 16 MiB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CopyLoopSpeed {

    private static final Duration STALL = Duration.ofMinutes(1);

    private final byte[] content = content();

    private final Descriptor blob = new Descriptor("application/octet-stream", Digest.sha256(this.content),
            this.content.length);

    private static byte[] content() {
        byte[] content = new byte[16 * 1024 * 1024];
        new Random(1).nextBytes(content);
        return content;
    }

    @Benchmark
    public long copy_with_hashing() throws IOException {
        HashedEntity entity = new HashedEntity(this.blob, HashedEntity.Piece.from(0, this.blob),
                new BlobHash(this.blob.digest()), new ByteArrayInputStream(this.content), "copy", STALL);
        entity.writeTo(OutputStream.nullOutputStream());
        return entity.sent();
    }

    /** What no loop can be below. */
    @Benchmark
    public byte[] hash_alone() {
        MessageDigest hash = this.blob.digest().newHash();
        hash.update(this.content);
        return hash.digest();
    }

}
