package e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import adapters.generic.GenericAdapter;
import adapters.layout.LayoutAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fixtures.Command;
import fixtures.Image;
import fixtures.Images;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Verification;
import oci.ContentRegistry;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.MediaTypes;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import replication.registry.Registry;
import replication.registry.RegistryCredential;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code drayage copy} as a user runs it, with no service at all. */
@SuppressWarnings("NullAway.Init")
class CopyCommandTest {

    private static final String USER = "ann";

    private static final String PASSWORD = "open: sesame";

    @TempDir
    Path folder;

    private RealRegistry from;

    private RealRegistry to;

    @BeforeEach
    void startRegistries() {
        this.from = RealRegistry.start();
        this.to = RealRegistry.builder().basicAuth(USER, PASSWORD).start();
    }

    @AfterEach
    void stopRegistries() {
        this.from.close();
        this.to.close();
    }

    @Test
    void copies_an_image_from_a_registry_to_another_and_finds_it_unchanged() throws Exception {
        Image image = push("lib/app", "v1", Images.twoPlatforms(1, 300_000));
        login(this.to.host());
        Command first = copy(source("lib/app:v1"), destination("mirror/app:new")).expect(0);
        assertThat(first.out())
            .isEqualTo("copied %s %s (600.1 kB)\n".formatted(destination("mirror/app:new"), image.digest()));
        assertThat(first.err()).isEmpty();
        new Verification(connect(this.to).source("mirror/app", new StopSignal())).whole("new");
        assertThat(copy(source("lib/app:v1"), destination("mirror/app:new")).expect(0).out())
            .startsWith("unchanged " + destination("mirror/app:new"));
    }

    @Test
    void copies_an_image_into_a_layout_under_its_own_name() {
        push("lib/app", "v1", Images.image(2, 300_000));
        copy(source("lib/app:v1"), "layout:" + this.folder.resolve("disk")).expect(0);
        new Verification(disk("disk").source("lib/app", new StopSignal())).whole("v1");
    }

    @Test
    void copies_into_one_layout_and_back_as_skopeo_writes_it() {
        Image image = push("lib/app", "latest", Images.image(3, 1000));
        copy(source("lib/app"), "oci:" + this.folder.resolve("one")).expect(0);
        new Verification(disk("").source("one", new StopSignal())).whole("latest");
        copy("oci:" + this.folder.resolve("one"), source("lib/back:v1")).expect(0);
        assertThat(connect(this.from).source("lib/back", new StopSignal()).manifest("v1").digest())
            .isEqualTo(image.digest());
    }

    @Test
    void copies_an_image_of_a_layout_by_what_another_program_has_called_it() throws Exception {
        Image image = push("lib/app", "v1", Images.image(14, 1000));
        Path one = this.folder.resolve("one");
        copy(source("lib/app:v1"), "oci:" + one + ":v1").expect(0);
        copy("oci:" + one, source("lib/only:v1")).expect(0);
        Path index = one.resolve("index.json");
        Files.writeString(index, Files.readString(index).replace("\"v1\"", "\"quay.io/team/app:v1\""));
        copy("oci:" + one + ":quay.io/team/app:v1", source("lib/whole:v1")).expect(0);
        copy("oci:" + one + ":quay.io/team/app:v1", "oci:" + this.folder.resolve("other")).expect(0);
        new Verification(disk("").source("other", new StopSignal())).whole("v1");
        for (String copied : List.of("lib/only", "lib/whole")) {
            assertThat(connect(this.from).source(copied, new StopSignal()).manifest("v1").digest())
                .isEqualTo(image.digest());
        }
        copy(source("lib/app:v1"), "oci:" + one + ":v2").expect(0);
        assertThat(copy("oci:" + one, source("lib/x:v1")).expect(1).err()).endsWith(": which tag? It has v1, v2\n");
        Files.writeString(index, "no json");
        assertThat(copy("oci:" + one, source("lib/x:v1")).expect(1).err()).startsWith("drayage: read tags of layout "
                + one + ": its index.json is malformed: it is no JSON, from line 1, column ");
        Files.delete(one.resolve("oci-layout"));
        assertThat(copy("oci:" + one, source("lib/x:v1")).expect(1).err())
            .isEqualTo("drayage: copy layout:%s:one: %s is no OCI image layout, it has no file oci-layout\n"
                .formatted(this.folder, one));
    }

    @Test
    void copies_to_a_registry_that_is_written_as_helm_does() throws Exception {
        Image image = push("lib/app", "v1", Images.image(13, 1000));
        login(this.to.host());
        copy("oci://" + source("lib/app:v1"), "OCI://" + destination("charts/app:1.0")).expect(0);
        assertThat(connect(this.to).source("charts/app", new StopSignal()).manifest("1.0").digest())
            .isEqualTo(image.digest());
        assertThat(copy(source("lib/app:v1"), "oci:///folder/app:v1").expect(2).err())
            .startsWith("\"oci:///folder/app:v1\" names no image of a registry");
    }

    @Test
    void copies_by_digest() {
        Image image = push("lib/app", "v1", Images.image(4, 1000));
        login(this.to.host());
        copy(source("lib/app@" + image.digest()), destination("lib/app:pinned")).expect(0);
        assertThat(connect(this.to).source("lib/app", new StopSignal()).manifest("pinned").digest())
            .isEqualTo(image.digest());
        copy(source("lib/app@" + image.digest()), destination("lib/other@" + image.digest())).expect(0);
        new Verification(connect(this.to).source("lib/other", new StopSignal())).whole(image.digest().toString());
    }

    @Test
    void copies_all_tags_and_tells_what_it_did_as_json() throws Exception {
        push("lib/app", "v1", Images.image(5, 1000));
        push("lib/app", "v2", Images.image(6, 1000));
        login(this.to.host());
        copy(source("lib/app:v1"), destination("lib/app:v1")).expect(0);
        Command all = copy(source("lib/app"), destination("lib/app"), "--all-tags", "--json").expect(0);
        JsonNode json = new ObjectMapper().readTree(all.out());
        assertThat(json.get("copied").asInt()).isEqualTo(1);
        assertThat(json.get("unchanged").asInt()).isEqualTo(1);
        assertThat(json.at("/artifacts/0/reference").asText()).isEqualTo("v2");
        assertThat(copy(source("lib/app"), destination("lib/app"), "-a").expect(0).out())
            .startsWith("0 copied, 2 unchanged, 0 not; 0 B sent in ");
    }

    @Test
    void a_wrong_password_fails_with_one_line_that_has_no_secret() {
        push("lib/app", "v1", Images.image(7, 1000));
        config("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(this.to.host(), base64(USER + ":wrong one")));
        Command failed = copy(source("lib/app:v1"), destination("lib/app:v1")).expect(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err().lines()).singleElement()
            .asString()
            .startsWith("drayage: ")
            .contains(this.to.host() + "/lib/app:v1", "401")
            .doesNotContain("wrong one");
    }

    @Test
    void asks_the_registrys_credential_helper() throws Exception {
        push("lib/app", "v1", Images.image(8, 1000));
        Path helper = Files.writeString(this.folder.resolve("docker-credential-vault"), """
                #!/bin/sh
                read server
                [ "$1" = get ] && [ "$server" = %s ] || { echo "credentials not found"; exit 1; }
                echo '{"ServerURL":"%s","Username":"%s","Secret":"%s"}'
                """.formatted(this.to.host(), this.to.host(), USER, PASSWORD));
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
        config("{\"credHelpers\":{\"%s\":\"vault\"},\"credsStore\":\"vault\"}".formatted(this.to.host()));
        copy(source("lib/app:v1"), destination("lib/app:v1")).expect(0);
    }

    @Test
    void trusts_a_trustedauthority_where_that_is_said() throws Exception {
        push("lib/app", "v1", Images.image(9, 1000));
        try (RealRegistry trusted = RealRegistry.builder().tls().start()) {
            Path authority = Files.writeString(this.folder.resolve("ca.pem"), trusted.caPem());
            String there = trusted.host() + "/lib/app:v1";
            copy(source("lib/app:v1"), "layout:" + this.folder.resolve("disk")).expect(0);
            String here = "layout:" + this.folder.resolve("disk") + ":lib/app:v1";
            copy(here, there, "--ca-file", authority.toString()).expect(0);
            assertThat(copy(here, there, "--insecure").expect(0).out()).startsWith("unchanged");
        }
    }

    @Test
    void copies_the_image_for_one_platform_alone() throws Exception {
        Image arm = Images.image(11, 1000);
        push("lib/app", "v1", forPlatforms(Images.image(10, 1000), arm));
        login(this.to.host());
        assertThat(copy(source("lib/app:v1"), destination("lib/app:v1"), "--platform", "linux/arm64").expect(0).out())
            .startsWith("copied %s %s".formatted(destination("lib/app:v1"), arm.digest()));
        new Verification(connect(this.to).source("lib/app", new StopSignal())).whole("v1");
        assertThat(
                copy(source("lib/app"), destination("lib/app"), "-a", "--platform", "linux/arm64/v8").expect(0).out())
            .startsWith("0 copied, 1 unchanged");
        assertThat(copy(source("lib/app:v1"), destination("lib/app:v1"), "--platform", "linux/s390x").expect(1).err())
            .isEqualTo("drayage: take linux/s390x of v1: it has only linux/amd64, linux/arm64/v8\n");
        assertThat(copy(source("lib/app:v1"), destination("lib/app:v1"), "--platform", "linux").expect(2).err())
            .startsWith("--platform: \"linux\" is no platform");
    }

    /** This registry takes no manifest without all bytes. */
    @Test
    void copies_foreign_layers_where_that_is_asked_for() throws Exception {
        Image image = push("lib/win", "v1", Images.withLayer(1, MediaTypes.OCI_IMAGE,
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"));
        login(this.to.host());
        assertThat(copy(source("lib/win:v1"), destination("lib/win:v1")).expect(1).err()).contains(
                "MANIFEST_BLOB_UNKNOWN", "bytes of foreign layers were not sent, foreign_layers: copy sends them");
        assertThat(
                copy(source("lib/win:v1"), destination("lib/win:v1"), "--foreign-layers", "skip_image").expect(1).err())
            .contains("foreign_layers: skip_image");
        assertThat(copy(source("lib/win:v1"), destination("lib/win:v1"), "--foreign-layers", "copy").expect(0).out())
            .startsWith("copied %s %s".formatted(destination("lib/win:v1"), image.digest()));
        assertThat(copy(source("lib/win:v1"), destination("lib/win:v1"), "--foreign-layers", "some").expect(2).err())
            .startsWith("--foreign-layers: it is skip_bytes, copy or skip_image, not \"some\"");
    }

    @Test
    void takes_a_login_from_a_variable_an_option_or_podmans_file() throws Exception {
        push("lib/app", "v1", Images.image(12, 1000));
        String login = USER + ":" + PASSWORD;
        Command.run(Map.of("DRAYAGE_DEST_CREDS", login), "copy", source("lib/app:v1"), destination("lib/app:v1"))
            .expect(0);
        copy(source("lib/app:v1"), destination("lib/app:v2"), "--dest-creds", login).expect(0);
        assertThat(copy(source("lib/app:v1"), destination("lib/app:v2"), "--dest-creds", "hidden-word").expect(2).err())
            .startsWith("--dest-creds: it is written USER:PASSWORD")
            .doesNotContain("hidden-word");
        Path auth = Files.createDirectories(this.folder.resolve("containers")).resolve("auth.json");
        Files.writeString(auth, "{\"auths\":{\"%s/lib\":{\"auth\":\"%s\"}}}".formatted(this.to.host(), base64(login)));
        Command
            .run(Map.of("XDG_RUNTIME_DIR", this.folder.toString(), "DOCKER_CONFIG", this.folder.toString()), "copy",
                    source("lib/app:v1"), destination("lib/app:v3"))
            .expect(0);
        Command
            .run(Map.of("REGISTRY_AUTH_FILE", auth.toString()), "copy", source("lib/app:v1"), destination("lib/app:v4"))
            .expect(0);
        copy(source("lib/app:v1"), destination("lib/app:v5"), "--authfile", auth.toString()).expect(0);
        assertThat(copy(source("lib/app:v1"), destination("lib/app:v6"), "--authfile", "/nowhere/auth.json").expect(1)
            .err()).isEqualTo("drayage: read the logins in /nowhere/auth.json: there is no such file\n");
    }

    @Test
    void a_helper_that_is_not_installed_is_named() {
        config("{\"credsStore\":\"nowhere\"}");
        assertThat(copy(source("lib/app:v1"), destination("lib/app:v1")).expect(1).err().lines()).singleElement()
            .asString()
            .startsWith("drayage: ask docker-credential-nowhere for the login of ")
            .endsWith("(is it installed and on the path?)");
    }

    @Test
    void an_image_that_is_not_there_fails_with_one_line() {
        assertThat(copy(source("lib/none:v1"), "layout:" + this.folder).expect(1).err())
            .isEqualTo("drayage: copy %s: there is no such image\n".formatted(source("lib/none:v1")));
    }

    @Test
    void a_wrong_call_ends_with_2() {
        assertThat(Command.run("copy", "only-one").expect(2).err()).contains("DST").contains("Usage: drayage copy");
        assertThat(Command.run("copy", "a:v1", "b", "--all-tags").expect(2).err())
            .startsWith("a:v1: with --all-tags a repository is given without a tag");
        assertThat(Command.run("copi").expect(2).err()).contains("copi");
    }

    private Command copy(String... arguments) {
        String[] whole = new String[arguments.length + 1];
        whole[0] = "copy";
        System.arraycopy(arguments, 0, whole, 1, arguments.length);
        return Command.run(
                Map.of("DOCKER_CONFIG", this.folder.toString(), "PATH", this.folder + ":" + System.getenv("PATH")),
                whole);
    }

    private static Image forPlatforms(Image amd, Image arm) {
        String children = "%s,%s".formatted(on("\"amd64\"", amd), on("\"arm64\",\"variant\":\"v8\"", arm));
        return new Image(Images.manifest(MediaTypes.OCI_INDEX, "\"manifests\":[" + children + "]"), Map.of(),
                List.of(amd, arm));
    }

    private static String on(String architecture, Image image) {
        return Images.json(image.descriptor())
            .replaceFirst("}$", ",\"platform\":{\"os\":\"linux\",\"architecture\":" + architecture + "}}");
    }

    private Image push(String repository, String tag, Image image) {
        image.pushTo(connect(this.from).target(repository, new StopSignal()), tag);
        return image;
    }

    private String source(String name) {
        return this.from.host() + "/" + name;
    }

    private String destination(String name) {
        return this.to.host() + "/" + name;
    }

    private void login(String host) {
        config("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host, base64(USER + ":" + PASSWORD)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void config(String json) {
        try {
            Files.writeString(this.folder.resolve("config.json"), json);
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static ContentRegistry connect(RealRegistry registry) {
        return new GenericAdapter(HttpSettings.DEFAULTS, new HostLimits(LimitSizes.DEFAULTS))
            .connect(Registered.at(registry).basic(USER, PASSWORD).build());
    }

    private ContentRegistry disk(String name) {
        return new LayoutAdapter(this.folder).connect(new Registry(1, "disk", "", "layout",
                URI.create("layout:./" + name), false, RegistryCredential.NONE, null, null, 0));
    }

}
