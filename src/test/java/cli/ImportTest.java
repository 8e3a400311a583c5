package cli;

import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Other programs' configurations, as their manuals show them. */
@SuppressWarnings("NullAway.Init")
class ImportTest {

    @TempDir
    Path folder;

    @Test
    void carries_a_regsync_configuration_over_and_names_the_rest() throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                version: 1
                creds:
                  - registry: registry.example:5000
                    tls: disabled
                    user: ann
                    pass: '{{env "MIRROR_PASS"}}'
                    reqPerSec: 5
                defaults:
                  parallel: 2
                  interval: 60m
                sync:
                  - source: busybox:latest
                    target: registry.example:5000/library/busybox:latest
                    type: image
                  - source: alpine
                    target: registry.example:5000/mirror/alpine
                    type: repository
                    schedule: "15 01 * * *"
                    tags:
                      allow: ["3", '3\\.\\d+']
                      deny: ["edge", ".*-rc.*"]
                  - source: quay.io/team/app:v1
                    target: registry.example:5000/team/other:v1
                    type: image
                    platform: linux/amd64
                """)).draft();
        JsonNode document = PolicySet.of(draft.set().document()).document();
        assertThat(document.at("/registries/1").toString()).isEqualTo(
                "{\"name\":\"registry.example:5000\",\"registry_type\":\"oci\",\"url\":\"http://registry.example:5000\","
                        + "\"credential\":{\"type\":\"basic\",\"access_key\":\"ann\",\"access_secret\":\"${MIRROR_PASS}\"}}");
        assertThat(Yaml.write(document.path("policies"))).isEqualTo("""
                - name: alpine
                  source: docker.io
                  destination: registry.example:5000
                  dest_namespace: mirror
                  filters:
                    - type: name
                      value: library/alpine
                      decoration: matches
                    - type: tag
                      value: edge
                      decoration: excludes
                    - type: tag
                      value: '*-rc*'
                      decoration: excludes
                  enabled: false
                  triggers:
                    - type: scheduled
                      trigger_settings:
                        cron: 15 01 * * *
                - name: busybox:latest
                  source: docker.io
                  destination: registry.example:5000
                  filters:
                    - type: name
                      value: library/busybox
                      decoration: matches
                    - type: tag
                      value: latest
                      decoration: matches
                  triggers:
                    - type: scheduled
                      trigger_settings:
                        cron: 0 * * * *
                """.indent(2));
        assertThat(draft.left()).containsExactly("defaults.parallel",
                "the password of registry.example:5000; it is to be in the variable ${MIRROR_PASS}",
                "creds of registry.example:5000: reqPerSec",
                "alpine: the tag expression 3\\.\\d+ has no glob; the policy is disabled until a filter for it is written",
                "quay.io/team/app:v1: a policy can change the namespace, but not team/app into team/other",
                "quay.io/team/app:v1: platform");
    }

    @Test
    void carries_a_skopeo_file_over_and_names_the_rest() throws Exception {
        Draft draft = new SkopeoFile(yaml("""
                registry.example:
                  images:
                    busybox: []
                    team/redis: ["1.0", "2.0", "sha256:0000"]
                  images-by-tag-regex:
                    nginx: ^1\\.13\\.[12]-alpine-perl$
                  images-by-semver:
                    alpine: ">= 3.12.0"
                  credentials:
                    username: john
                    password: this is a secret
                  tls-verify: false
                  cert-dir: /home/john/certs
                """), "mirror.example/copies").draft();
        String document = Yaml.write(PolicySet.of(draft.set().document()).document());
        assertThat(document)
            .contains("name: registry.example/team/redis", "value: \"{1.0,2.0}\"", "value: \"1.13.[12]-alpine-perl\"",
                    "insecure: true", "dest_namespace: copies", "access_secret: \"${REGISTRY_EXAMPLE_SECRET}\"")
            .doesNotContain("this is a secret");
        assertThat(draft.left()).containsExactly(
                "the password of registry.example; it is to be in the variable ${REGISTRY_EXAMPLE_SECRET}",
                "registry.example/team/redis: a policy takes no digests, but this wants sha256:0000",
                "registry.example: images-by-semver: {\"alpine\":\">= 3.12.0\"}",
                "registry.example: cert-dir: \"/home/john/certs\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = { "v1 v1", "^v.*$ v*", "v.+ v?*", "1\\.2\\.. 1.2.?", "[0-9]a [0-9]a",
            "\\d\\.(a|b) [0-9].{a,b}", "(?:x|y)-z {x,y}-z" })
    void has_a_glob_for_a_plain_expression(String expression, String glob) {
        assertThat(new RegexGlob(expression).glob()).contains(glob);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[0-9]+", "v1?", "a{2}", "a|b", "\\w", "(a", "\\d+", "(a)*" })
    void has_none_for_any_other(String expression) {
        assertThat(new RegexGlob(expression).glob()).isEmpty();
    }

    private JsonNode yaml(String text) throws Exception {
        return Yaml.read(Files.writeString(this.folder.resolve("file.yaml"), text).toString());
    }

}
