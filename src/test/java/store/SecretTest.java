package store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import store.secret.KeyFile;
import store.secret.SecretBox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecretTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @Test
    void opens_what_it_has_sealed_and_seals_the_same_text_differently_each_time() {
        SecretBox box = new SecretBox(new byte[32]);
        String sealed = box.seal("pässword", "registry 1");
        assertThat(sealed).startsWith("v1:").doesNotContain("ssword").isNotEqualTo(box.seal("pässword", "registry 1"));
        assertThat(box.open(sealed, "registry 1")).isEqualTo("pässword");
    }

    @Test
    void another_key_opens_nothing_and_the_error_says_what_helps() {
        byte[] other = new byte[32];
        other[0] = 1;
        String sealed = new SecretBox(new byte[32]).seal("secret", "registry 1");
        assertThatThrownBy(() -> new SecretBox(other).open(sealed, "registry 1"))
            .hasMessageContaining("the secret of registry 1 was sealed with another key")
            .hasMessageContaining("DRAYAGE_KEY");
    }

    @Test
    void a_secret_cannot_be_moved_to_another_registry() {
        SecretBox box = new SecretBox(new byte[32]);
        String sealed = box.seal("secret", "registry 1");
        assertThatThrownBy(() -> box.open(sealed, "registry 2")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_key_is_made_once_for_its_owner_only() throws IOException {
        byte[] key = new KeyFile(this.home).load(null, () -> false);
        assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(new KeyFile(this.home).load("", () -> true)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.home.resolve("key"))))
            .isEqualTo("rw-------");
    }

    @Test
    void a_key_that_others_can_read_is_refused() throws IOException {
        new KeyFile(this.home).load(null, () -> false);
        Files.setPosixFilePermissions(this.home.resolve("key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> new KeyFile(this.home).load(null, () -> false)).hasMessageContaining("chmod 600");
    }

    @Test
    void no_new_key_is_made_where_secrets_are_sealed_already() {
        assertThatThrownBy(() -> new KeyFile(this.home).load(null, () -> true))
            .hasMessageContaining("their key is neither in DRAYAGE_KEY nor in")
            .hasMessageNotContaining("\n");
        assertThat(this.home.resolve("key")).doesNotExist();
    }

    @Test
    void the_environment_s_key_is_taken_and_a_wrong_one_not_repeated() {
        String text = Base64.getEncoder().encodeToString(new byte[32]);
        assertThat(new KeyFile(this.home).load(text, () -> true)).isEqualTo(new byte[32]);
        assertThatThrownBy(() -> new KeyFile(this.home).load("hunter2", () -> true))
            .hasMessageContaining("DRAYAGE_KEY must be base64 of 32 bytes")
            .hasMessageNotContaining("hunter2");
    }

}
