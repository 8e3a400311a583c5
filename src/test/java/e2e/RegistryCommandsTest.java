package e2e;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import fixtures.Command;
import fixtures.Image;
import fixtures.Images;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code ls}, {@code digest}, {@code manifest}, {@code tag} and {@code delete}, with no
 * service.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryCommandsTest {

    private final RealRegistry registry = RealRegistry.builder().basicAuth("ann", "open: sesame").start();

    private final Image image = Images.twoPlatforms(1, 100);

    @BeforeAll
    void push() {
        Site site = new Site(this.registry, Registered.at(this.registry).basic("ann", "open: sesame"));
        site.push("lib/app", "v1", this.image);
        site.push("lib/app", "v2", this.image);
        site.push("lib/web", "v1", Images.image(2, 100));
    }

    @AfterAll
    void stop() {
        this.registry.close();
    }

    @Test
    void repositories_tags_and_digests_are_listed() {
        assertThat(drayage("ls", this.registry.host()).expect(0).out()).isEqualTo("lib/app\nlib/web\n");
        assertThat(drayage("ls", place("lib/web")).expect(0).out()).isEqualTo("v1\n");
        assertThat(drayage("ls", "-d", place("lib/app")).expect(0).out()).contains("v1 " + this.image.digest() + "\n",
                "v2 " + this.image.digest() + "\n");
        assertThat(drayage("ls", place("lib/nothing")).expect(1).err()).contains("there is no such repository");
        assertThat(drayage("ls", place("lib/app:v1")).expect(2).err()).contains("is given without a tag");
    }

    @Test
    void digests_and_manifests_are_printed_as_they_are() {
        assertThat(drayage("digest", place("lib/app:v1")).expect(0).out()).isEqualTo(this.image.digest() + "\n");
        assertThat(drayage("manifest", place("lib/app@" + this.image.digest())).expect(0)
            .out()
            .getBytes(StandardCharsets.UTF_8)).isEqualTo(this.image.manifest().bytes());
        assertThat(drayage("manifest", "--platform", "linux/arm64", place("lib/app:v1")).expect(1).err())
            .contains("take linux/arm64 of v1: it has only");
        assertThat(drayage("digest", place("lib/app:nope")).expect(1).err()).contains("404");
        assertThat(drayage("digest", place("lib/app")).expect(1).err()).contains("lib/app:latest");
    }

    @Test
    void a_tag_is_given_moved_and_deleted_and_others_stay(@TempDir Path folder) {
        Command.run(environment(), "copy", place("lib/app:v1"), "layout:" + folder).expect(0);
        String layout = "layout:" + folder + ":lib/app";
        assertThat(drayage("tag", layout + ":v1", "v9").expect(0).out())
            .isEqualTo("tagged %s:v9 %s\n".formatted(layout, this.image.digest()));
        assertThat(drayage("tag", layout + ":v1", "v9").expect(0).out()).startsWith("unchanged");
        assertThat(drayage("delete", layout + ":v1").expect(0).out()).startsWith("deleted " + layout + ":v1 ");
        assertThat(drayage("ls", "layout:" + folder).expect(0).out()).isEqualTo("lib/app\n");
        assertThat(drayage("ls", layout).expect(0).out()).isEqualTo("v9\n");

        assertThat(drayage("delete", place("lib/app:v1")).expect(1).err()).contains("v2");
        assertThat(drayage("ls", place("lib/app")).expect(0).out()).isEqualTo("v1\nv2\n");
        assertThat(drayage("delete", place("lib/app")).expect(2).err()).contains("which tag?");
        assertThat(drayage("delete", place("lib/app@" + this.image.digest())).expect(2).err()).contains("which tag?");
        assertThat(drayage("tag", place("lib/app:v1"), "not/a/tag").expect(2).err()).contains("is no tag");
    }

    @Test
    void a_wrong_login_is_told_without_it() {
        Command command = Command.run(Map.of("DRAYAGE_CREDS", "ann:wrong-word"), "ls", this.registry.host());
        assertThat(command.expect(1).err()).contains("401").doesNotContain("wrong-word");
    }

    private Command drayage(String... arguments) {
        return Command.run(environment(), arguments);
    }

    private static Map<String, String> environment() {
        return Map.of("DRAYAGE_CREDS", "ann:open: sesame", "DRAYAGE_SRC_CREDS", "ann:open: sesame");
    }

    private String place(String name) {
        return this.registry.host() + "/" + name;
    }

}
