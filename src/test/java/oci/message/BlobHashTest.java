package oci.message;

import java.util.Arrays;

import fixtures.Blobs;
import oci.model.Digest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BlobHashTest {

    private static final int MIB = 1 << 20;

    private final byte[] content = Blobs.random(5 * MIB + 7, 1);

    private final Digest digest = Digest.sha256(this.content);

    private final BlobHash hash = new BlobHash(this.digest);

    private void take(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at += 100_000) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(to, at + 100_000));
            this.hash.update(part, part.length);
        }
    }

    @Test
    void what_is_read_again_after_going_back_counts() {
        take(this.content, 0, 3 * MIB);
        int from = (int) this.hash.goBack(2 * MIB + 500_000).orElseThrow();
        assertThat(from).isBetween(1 * MIB, 2 * MIB + 500_000);
        assertThat(this.hash.hashed()).isEqualTo(from);
        take(this.content, from, this.content.length);
        assertThat(this.hash.result()).contains(this.digest);
    }

    @Test
    void a_byte_that_is_wrong_the_second_time_is_found() {
        take(this.content, 0, 3 * MIB);
        int from = (int) this.hash.goBack(3 * MIB - 10).orElseThrow();
        byte[] wrong = this.content.clone();
        wrong[3 * MIB - 5]++;
        take(wrong, from, wrong.length);
        assertThat(this.hash.result()).contains(Digest.sha256(wrong));
    }

    @Test
    void it_goes_back_also_after_its_end_and_more_than_once() {
        take(this.content, 0, this.content.length);
        assertThat(this.hash.result()).contains(this.digest);
        for (int position : new int[] { this.content.length, 4 * MIB, 10, 0 }) {
            int from = (int) this.hash.goBack(position).orElseThrow();
            take(this.content, from, this.content.length);
            assertThat(this.hash.result()).contains(this.digest);
        }
    }

    @Test
    void it_does_not_go_back_farther_than_it_remembers_nor_forward() {
        byte[] block = new byte[MIB];
        for (int i = 0; i < 70; i++) {
            this.hash.update(block, MIB);
        }
        assertThat(this.hash.goBack(71L * MIB)).isEmpty();
        assertThat(this.hash.goBack(3L * MIB)).isEmpty();
        assertThat(this.hash.goBack(60L * MIB)).hasValue(60L * MIB);
    }

    @Test
    void without_the_beginning_the_registry_alone_compares() {
        BlobHash blind = BlobHash.withoutBeginning(this.digest);
        assertThat(blind.goBack(1000)).hasValue(1000);
        assertThat(blind.hashed()).isEqualTo(1000);
        blind.update(this.content, 10);
        assertThat(blind.result()).isEmpty();
    }

}
