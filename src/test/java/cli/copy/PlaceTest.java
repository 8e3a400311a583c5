package cli.copy;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PlaceTest {

    @ParameterizedTest
    @CsvSource({ "alpine, docker.io, library/alpine, ''", "alpine:3.22, docker.io, library/alpine, 3.22",
            "grafana/loki:3, docker.io, grafana/loki, 3",
            "index.docker.io/library/alpine, docker.io, library/alpine, ''", "quay.io/a/b/c:v1, quay.io, a/b/c, v1",
            "localhost/a:v1, localhost, a, v1", "registry:5000/a, registry:5000, a, ''",
            "docker://quay.io/a:v1, quay.io, a, v1", "quay.io/a:v1@sha256:ab, quay.io, a, sha256:ab",
            "[::1]:5000/a, [::1]:5000, a, ''", "oci://harbor.example/charts/app:1.0, harbor.example, charts/app, 1.0",
            "OCI://harbor.example/charts/app, harbor.example, charts/app, ''", "oci://harbor/app:1, harbor, app, 1",
            "oci://registry-1.docker.io/bitnamicharts/nginx:1, docker.io, bitnamicharts/nginx, 1",
            "oci://localhost:5000/a@sha256:ab, localhost:5000, a, sha256:ab", "https://harbor/app:1, harbor, app, 1",
            "HTTPS://quay.io/a:v1, quay.io, a, v1", "docker://harbor/app:1, docker.io, harbor/app, 1",
            "DOCKER://quay.io/a, quay.io, a, ''", "https:5000/app:v1, https:5000, app, v1" })
    void reads_what_docker_reads(String text, String registry, String repository, String reference) {
        assertThat(Place.parse(text)).isEqualTo(new Place.Remote(registry, repository, reference));
    }

    @Test
    void reads_a_folder_of_layouts_and_a_single_layout() {
        assertThat(Place.parse("layout:/disk:lib/app:v1")).hasToString("layout:/disk:lib/app:v1");
        assertThat(Place.parse("layout:/disk")).hasToString("layout:/disk");
        assertThat(Place.parse("oci:/disk/app:v1")).isEqualTo(Place.parse("layout:/disk:app:v1"));
        assertThat(Place.parse("oci:disk/app:v1"))
            .isEqualTo(Place.parse("oci:" + Path.of("disk/app").toAbsolutePath() + ":v1"));
        assertThat(Place.parse("ocidir:///disk/app:v1")).isEqualTo(Place.parse("layout:/disk:app:v1"));
        assertThat(Place.parse("layout:///disk")).isEqualTo(Place.parse("layout:/disk"));
        assertThat(Place.parse("oci:/disk/app:quay.io:5000/a/b:v1"))
            .isEqualTo(new Place.Layout(Path.of("/disk"), "app", "quay.io:5000/a/b:v1"));
        assertThat(Place.parse("layout:/disk:lib/app:b:v1"))
            .isEqualTo(new Place.Layout(Path.of("/disk"), "lib/app", "b:v1"));
        assertThat(Place.parse("oci:/disk/app@sha256:ab")).isEqualTo(Place.parse("layout:/disk:app:v1@sha256:ab"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://ann:hidden-word@quay.io/a", "oci://ann:hidden-word@quay.io/a",
            "ann:hidden-word@quay.io/a", "http://ann:hidden-word@quay.io/a", "s3://ann:hidden-word@quay.io/a",
            "docker://ann:hidden-word@quay.io/a", "oci://ann:hidden-word@quay.io", "ann:hidden-word@quay.io:5000/a",
            "oci://ann:hidden-word@quay.io:5000/a@sha256:ab", "ann:x/hidden-word@quay.io/a",
            "oci://ann:x/hidden-word@quay.io/a:v1", "https://ann:x@/hidden-word@quay.io/a@sha256:ab",
            "docker://a.b/hidden-word@quay.io/a" })
    void refuses_a_login_and_does_not_repeat_it(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Place.parse(text))
            .withMessageContaining("quay.io")
            .withMessageNotContaining("hidden-word");
    }

    @ParameterizedTest
    @ValueSource(strings = { "quay.io/", "", "quay.io/a b", "http://quay.io/a", "layout:", "oci:/", "oci://",
            "oci:///disk/app", "oci://quay.io", "https://quay.io/", "https:///a", "docker:///a", "quay.io//a", "a//b",
            "quay.io/a\u001b[2J", "quay.io/a\r\nb", "layout://disk/app", "quay.io/a/", "\\\\host\\a" })
    void refuses_what_names_no_image(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Place.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = { "dir:/x", "docker-archive:/x.tar", "docker-daemon:alpine:3", "oci-archive:/x.tar:v1",
            "containers-storage:alpine", "s3://bucket/a", "file:///x", "helm://quay.io/a" })
    void says_of_what_is_not_supported_what_there_is_instead(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Place.parse(text))
            .withMessageContaining("is not supported; for files there is layout:");
    }

    @Test
    void a_host_may_be_called_dir() {
        assertThat(Place.parse("dir:5000/app:v1")).isEqualTo(new Place.Remote("dir:5000", "app", "v1"));
    }

    @Test
    void only_this_machine_is_local() {
        assertThat(((Place.Remote) Place.parse("127.0.0.1:5000/a")).local()).isTrue();
        assertThat(((Place.Remote) Place.parse("localhost:5000/a")).local()).isTrue();
        assertThat(((Place.Remote) Place.parse("127.0.0.1.example/a")).local()).isFalse();
        assertThat(((Place.Remote) Place.parse("10.0.0.1/a")).local()).isFalse();
    }

}
