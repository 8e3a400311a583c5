package cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.policy.Glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Other programs' configurations, as their manuals show them. */
@SuppressWarnings("NullAway.Init")
class ImportTest {

    private static final List<String> NAMES = List.of("app", "team", "team/app", "team/sub/app", "team/app-test",
            "team/sub/app-test", "app-test", "-test", "other/app", "other/x-test", "team-a", "team-a/b", "team-a/b/c",
            "te/st", "test", "te/x/y/st", "xapp", "team/xapp", "teamxapp", "team/a/p", "team/axp", "a/b/c/d/app");

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

    @Test
    void takes_tags_as_they_are_written_and_not_as_numbers() throws Exception {
        Draft skopeo = new SkopeoFile(yaml("""
                registry.example:
                  images:
                    alpine: [3.20, 1.10, 2024_01, 0644, 12e5, 2024-01-02, yes]
                  tls-verify: no
                """), "mirror.example/m").draft();
        assertThat(policy(skopeo, "registry.example/alpine").at("/filters/1/value").asText())
            .isEqualTo("{3.20,1.10,2024_01,0644,12e5,2024-01-02,yes}");
        assertThat(skopeo.set().document().at("/registries/1").path("insecure").asBoolean()).isTrue();
        Draft regsync = new RegsyncFile(yaml("""
                sync:
                  - { source: alpine, target: mirror.example/m/alpine, type: repository, tags: { allow: [3.20] } }
                """)).draft();
        assertThat(policy(regsync, "alpine").at("/filters/1/value").asText()).isEqualTo("3?20");
    }

    @Test
    void follows_anchors_as_the_manual_of_regsync_has_them() throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                x-sched-a: &sched-a "15 01 * * *"
                sync:
                  - { source: busybox, target: mirror.example/m/busybox, type: repository, schedule: *sched-a }
                """)).draft();
        assertThat(policy(draft, "busybox").at("/triggers/0/trigger_settings/cron").asText()).isEqualTo("15 01 * * *");
        assertThat(draft.left()).isEmpty();
    }

    @Test
    void says_where_a_file_is_no_yaml() {
        assertThatExceptionOfType(CommandFailed.class).isThrownBy(() -> yaml("a: 1\nb: [\n"))
            .withMessageMatching("read .*file.yaml: it is no YAML: .* at line 3");
    }

    @Test
    void denies_repositories_that_regsync_denied_however_deep_they_lie() throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                sync:
                  - source: registry.example
                    target: mirror.example
                    type: registry
                    repos: { allow: ['team/.*'], deny: ['.*-test', 'a[^b]c'] }
                """)).draft();
        ObjectNode policy = policy(draft, "registry.example");
        assertThat(policy.path("filters").findValuesAsText("value")).containsExactly("team/**", "**/*-test");
        assertThat(policy.path("enabled").asBoolean(true)).isFalse();
        assertThat(draft.left()).containsExactly(
                "registry.example: the name expression a[^b]c has no glob; the policy is disabled until a filter for it is written");
    }

    @Test
    void disables_what_goes_from_or_to_a_path_of_a_registry() throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                sync:
                  - { source: registry.example, target: mirror.example/backup, type: registry }
                """)).draft();
        assertThat(policy(draft, "registry.example").path("enabled").asBoolean(true)).isFalse();
        assertThat(draft.left()).containsExactly(
                "registry.example: the path of mirror.example/backup for a whole registry; the policy is disabled until namespaces for it are written");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "schedule: '@every 1h' | 0 * * * *", "schedule: '@every 90m' | ", "schedule: '@daily' | @daily",
                    "schedule: '* * *' | ", "interval: 60m | 0 * * * *", "interval: 1h0m0s | 0 * * * *",
                    "interval: 3600s | 0 * * * *", "interval: 12h | 0 */12 * * *", "interval: 24h | 0 0 * * *",
                    "interval: 15m | */15 * * * *", "interval: 7m | ", "interval: 48h | ", "interval: 30s | ",
                    "interval: often | " })
    void carries_a_time_over_or_names_it(String time, @Nullable String cron) throws Exception {
        Draft draft = new RegsyncFile(yaml("""
                sync:
                  - { source: busybox, target: mirror.example/m/busybox, type: repository, %s }
                """.formatted(time))).draft();
        JsonNode given = policy(draft, "busybox").at("/triggers/0/trigger_settings/cron");
        if (cron != null) {
            assertThat(given.asText()).isEqualTo(cron);
            assertThat(draft.left()).isEmpty();
        }
        else {
            assertThat(given.isMissingNode()).isTrue();
            assertThat(draft.left()).singleElement().asString().startsWith("busybox: the ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = { "v1 v1", "^v.*$ v*", "v.+ v?*", "1\\.2\\.. 1.2.?", "[0-9]a [0-9]a",
            "\\d\\.(a|b) [0-9].{a,b}", "(?:x|y)-z {x,y}-z", "[^a]b [^a]b", "[._-]b [._\\-]b" })
    void has_a_glob_for_a_plain_expression(String expression, String glob) {
        assertThat(new RegexGlob(expression, RegexGlob.Subject.TAG).glob()).contains(glob);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[0-9]+", "v1?", "a{2}", "a|b", "\\w", "(a", "\\d+", "(a)*", "[!a]b", "[z-a]",
            "[[:alpha:]]", "v.*?", "(?i)a" })
    void has_none_for_any_other(String expression) {
        assertThat(new RegexGlob(expression, RegexGlob.Subject.TAG).glob()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { ".*", ".+", "team/.*", "team/.+", ".*-test", ".*/app", ".+/app", "team/.*/app", "team.*",
            "te.*st", "(.*|team)/app", "(team/.*|app)", "(team/.*-test|app)", "team.app", "team/a.p", ".*app.*",
            ".+-test", "[a-z]*", "team/[^x].*", "(team|other)/.+-test", "team/app", ".*/.*", ".*.*" })
    void a_name_expression_and_its_glob_match_the_same_names(String expression) {
        Pattern pattern = Pattern.compile(expression);
        new RegexGlob(expression, RegexGlob.Subject.NAME).glob()
            .map(Glob::of)
            .ifPresent((glob) -> assertThat(NAMES).allSatisfy(
                    (name) -> assertThat(glob.matches(name)).as(name).isEqualTo(pattern.matcher(name).matches())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ',
            value = { ".* **", "team/.* team/**", ".*-test **/*-test", ".*/app */**/app", "team-.* team-{*,*/**/*}" })
    void a_name_expression_has_a_readable_glob(String expression, String glob) {
        assertThat(new RegexGlob(expression, RegexGlob.Subject.NAME).glob()).contains(glob);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = { "1\\.25 *1.25*", "^1\\.25 1.25*", "1\\.25$ *1.25", "^1\\.25$ 1.25" })
    void skopeo_looks_for_an_expression_anywhere_in_the_tag(String expression, String glob) {
        assertThat(new RegexGlob(RegexGlob.anywhere(expression), RegexGlob.Subject.TAG).glob()).contains(glob);
    }

    private static ObjectNode policy(Draft draft, String name) {
        return Objects.requireNonNull(draft.set().policies().get(name));
    }

    private JsonNode yaml(String text) throws Exception {
        return Yaml.readTexts(Files.writeString(this.folder.resolve("file.yaml"), text).toString());
    }

}
